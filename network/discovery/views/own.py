from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from groups.actions import set_level
from network.core.decorators import member_required
from network.core.paging import newest_first
from network.notifications import actions as notifications

from ..forms import PreferencesForm
from ..querysets import (
    bookmarks_of,
    cards_in_order,
    drafts_of,
    group_memberships_of,
    mail_refused_by,
    scheduled_by,
    thrown_away_by,
)


@member_required
@require_safe
def me(request):
    """The way to all that is one's own."""
    return render(request, "discovery/me.html")


@member_required
@require_safe
def drafts(request):
    """What one wrote and hasn't posted, what waits for its moment, and what one threw away lately."""
    context = {
        "piece": newest_first(drafts_of(request.user), request.GET.get("after", ""), by="created_at"),
        "scheduled": scheduled_by(request.user),
        "thrown_away": thrown_away_by(request.user),
    }
    return render(request, "discovery/drafts.html", context)


@member_required
@require_safe
def bookmarks(request):
    """What one kept."""
    piece = newest_first(bookmarks_of(request.user), request.GET.get("after", ""), by="id")
    cards = cards_in_order([bookmark.contribution_id for bookmark in piece])
    return render(request, "discovery/bookmarks.html", {"piece": piece, "cards": cards})


@member_required
@require_http_methods(["GET", "POST"])
def preferences(request):
    """What one is told, and how."""
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        memberships=group_memberships_of(request.user),
        refused=mail_refused_by(request.user),
    )
    if request.method == "POST" and form.is_valid():
        notifications.choose_mail(actor=request.user, wanted=form.cleaned_data["wanted"])
        for space, level in form.changed_levels():
            set_level(space, actor=request.user, level=level)
        messages.success(request, _("Your choices are saved."))
        return redirect("discovery:preferences")
    return render(request, "discovery/preferences.html", {"form": form})
