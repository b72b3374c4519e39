from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.core.answers import require
from network.core.decorators import member_required
from network.core.refusals import Refused

from .. import actions
from ..models import Invitation
from ..permissions import can_accept_invitation, can_see_invitation, can_withdraw_invitation
from .groups import find_group


def _invitation(token):
    key = Invitation.key_in(token)
    if key is None:
        raise Http404
    return get_object_or_404(Invitation.objects.select_related("group", "invited_by"), pk=key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Where the link in an invitation leads: the group, and the way into it."""
    found = _invitation(token)
    if request.method == "POST" and request.user.is_authenticated:
        return _answered(request, found)
    context = {
        "invitation": found,
        "group": found.group if can_see_invitation(request.user, found) else None,
        "accept": can_accept_invitation(request.user, found),
        "served": found.accepted_by_id is not None and found.accepted_by_id == request.user.pk,
    }
    return render(request, "groups/invitation.html", context)


def _answered(request, found):
    """Accept or decline, and where that leads."""
    if request.POST.get("answer") == "decline":
        actions.decline_invitation(found, actor=request.user)
        messages.success(request, _("The invitation is declined."))
        return redirect("groups:directory")
    try:
        membership = actions.accept_invitation(found, actor=request.user)
    except Refused:
        # The page says why.
        return redirect(found)
    if membership.is_active:
        messages.success(request, _("You are a member of %(group)s.") % {"group": found.group.title})
        return redirect(found.group)
    messages.info(
        request, _("The invitation is kept for you: you can join the group once your account is verified.")
    )
    return redirect("groups:directory")


@member_required
@require_http_methods(["GET", "POST"])
def withdraw(request, slug, pk):
    """Take back an invitation by e-mail."""
    group = find_group(request, slug)
    require(can_withdraw_invitation(request.user, group))
    found = get_object_or_404(Invitation, group=group, pk=pk)
    if request.method == "POST" and actions.withdraw_invitation(found, actor=request.user):
        messages.success(request, _("The invitation is taken back."))
    return redirect("groups:members", slug=slug)
