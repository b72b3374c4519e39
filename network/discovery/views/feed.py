from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from groups.cards import card_of
from network.core.decorators import member_required
from network.members.reading import reading

from ..feed import feed_of, seen_before
from ..querysets import groups_suggested_to
from ..suggestions import Suggestions


@require_safe
def home(request):
    """Members go to their feed, visitors to the home page in the language that they read best."""
    known = request.user.is_authenticated
    response = HttpResponseRedirect("/feed/" if known else f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@member_required
@require_safe
def feed(request):
    """What is new for a member."""
    read = reading(request)
    page = feed_of(request.user, request.GET.get("after", ""), read.languages)
    if page.first:
        page.mark_new(seen_before(request.session, page))
    context = {"feed": page, "suggested": Suggestions(request.user), "reading": read}
    if page.follows_nothing and request.user.is_verified:
        context["suggested_groups"] = [
            card_of(group, request.user) for group in groups_suggested_to(request.user)
        ]
    return render(request, "discovery/feed.html", context)
