from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.core.answers import require
from network.core.decorators import member_required

from .. import actions
from ..feeds import secret_feed_url
from ..permissions import can_use_secret_feeds
from ..querysets import feed_key_of, groups_of


@never_cache
@member_required
@require_http_methods(["GET", "POST"])
def feeds(request):
    """The secret links by which a member reads their groups in a feed reader."""
    require(can_use_secret_feeds(request.user))
    if request.method == "POST":
        _changed(request)
        return redirect("secret_feeds")
    key = feed_key_of(request.user)
    links = []
    if key:
        links = [
            (group, f"{settings.BASE_URL}{secret_feed_url(key, group)}") for group in groups_of(request.user)
        ]
    return render(request, "groups/feeds.html", {"key": key, "links": links})


def _changed(request):
    """Make, renew or end the links, as the button says."""
    wanted = request.POST.get("links")
    if wanted == "renew":
        actions.renew_feed_key(actor=request.user)
        messages.success(request, _("You have new links. The ones from before hold no more."))
    elif wanted == "end":
        actions.end_feed_key(actor=request.user)
        messages.success(request, _("Your links hold no more."))
    elif wanted == "make":
        actions.make_feed_key(actor=request.user)
        messages.success(request, _("You have links now: give them to your feed reader, and to nobody else."))
