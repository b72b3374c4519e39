from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation import actions
from network.conversation.permissions import can_follow_member
from network.core.answers import require
from network.core.decorators import member_required
from network.core.models import Language
from network.core.paging import in_order, newest_first
from network.core.sections import section

from ..forms import DirectoryForm
from ..permissions import can_see_directory, can_see_profile, can_see_whole_profile
from ..querysets import directory as people
from ..querysets import holder_of_former, places_of, profile_of, said_by


@member_required
@require_safe
def directory(request):
    """Who takes part, by name."""
    require(can_see_directory(request.user))
    form = DirectoryForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    piece = in_order(
        people(
            request.user,
            text=wanted.get("q", ""),
            institution=wanted.get("institution"),
            expertise=wanted.get("expertise", ""),
            language=wanted.get("language", ""),
        ),
        request.GET.get("after", ""),
        # A handle is a name without capitals and accents: Élise stands between Eddy and Emma.
        by="handle",
    )
    context = {"form": form, "piece": piece, "section": section("members"), "narrowed": any(wanted.values())}
    return render(request, "members/directory.html", context)


def _member(handle, viewer):
    member = profile_of(handle, viewer)
    if member is None:
        raise Http404
    require(can_see_profile(viewer, member))
    return member


@require_safe
def profile(request, handle):
    """Who a member is, and what they said that one may read."""
    member = profile_of(handle, request.user)
    if member is None:
        member = holder_of_former(handle)
        if member is None:
            raise Http404
        require(can_see_profile(request.user, member))
        return redirect(member, permanent=True)
    require(can_see_profile(request.user, member))
    whole = can_see_whole_profile(request.user, member)
    context = {
        "member": member,
        "whole": whole,
        "languages": [Language(code).label for code in member.languages],
        "piece": newest_first(said_by(member, request.user), request.GET.get("after", "")),
        "places": places_of(member, request.user) if whole else [],
        "may_follow": can_follow_member(request.user, member),
    }
    return render(request, "members/profile.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def follow(request, handle):
    """See what a member says in one's feed; pressing again ends it."""
    member = _member(handle, request.user)
    if request.method == "GET":
        return redirect(member)
    if member.followed:
        actions.unfollow_member(member, actor=request.user)
        messages.success(request, _("You no longer follow this person."))
    else:
        actions.follow_member(member, actor=request.user)
        messages.success(request, _("You follow this person: your feed shows what they say."))
    return redirect(member)
