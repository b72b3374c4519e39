from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.conversation.models import Membership
from network.core.answers import require
from network.core.decorators import member_required
from network.core.refusals import Refused

from .. import actions
from ..forms import InviteForm, MembersForm, RemoveForm, RoleForm
from ..permissions import (
    can_answer_request,
    can_claim_group,
    can_hand_over_group,
    can_invite,
    can_manage_group,
    can_remove_member,
    can_see_group_members,
    can_set_role,
)
from ..querysets import apart_in, invitations_of, members_of
from .groups import find_group


@member_required
@require_http_methods(["GET", "POST"])
def members(request, slug):
    """Who belongs to a group; for facilitators also who asks to, who is invited, and whom to invite."""
    group = find_group(request, slug)
    require(can_see_group_members(request.user, group))
    may_invite = can_invite(request.user, group)
    form = InviteForm(inviter=request.user) if may_invite else None
    if request.method == "POST":
        require(may_invite)
        form = InviteForm(request.POST, inviter=request.user)
        if form.is_valid() and _invited(request, group, form):
            return redirect("groups:members", slug=slug)
    may_answer = can_answer_request(request.user, group)
    requests, invited, banned = apart_in(group) if may_answer else ([], [], [])
    narrowing = MembersForm(request.GET)
    wanted = narrowing.wanted
    context = {
        "group": group,
        "narrowing": narrowing,
        "narrowed": any(wanted.values()),
        "piece": members_of(group, request.GET.get("after", ""), **wanted),
        "requests": requests,
        "invited": invited,
        "invitations": invitations_of(group) if may_answer else [],
        "banned": banned,
        "may_manage": may_answer or can_set_role(request.user, group),
        "form": form,
        "claim": may_answer and can_claim_group(request.user, group),
    }
    return render(request, "groups/members.html", context)


def _invited(request, group, form):
    """Invite; False when the action refuses, with its words in the form."""
    invited = form.cleaned_data["whom"]
    try:
        if isinstance(invited, str):
            actions.invite_address(group, invited, actor=request.user)
            words, name = _("An invitation is on its way to %(name)s."), invited
        else:
            membership = actions.invite_member(group, invited, actor=request.user)
            inside = membership.is_active
            words = _("%(name)s is a member of the group.") if inside else _("%(name)s is invited.")
            name = invited.name
    except Refused as refusal:
        form.add_error("whom", str(refusal))
        return False
    messages.success(request, words % {"name": name})
    return True


def _tie(request, slug, handle):
    """The group and the tie of a member to it, for those who keep order there."""
    group = find_group(request, slug)
    require(can_manage_group(request.user, group) or can_set_role(request.user, group))
    tie = get_object_or_404(
        Membership.objects.select_related("member__institution"), space=group, member__handle=handle
    )
    tie.space = group
    return group, tie


@member_required
@require_http_methods(["GET", "POST"])
def member(request, slug, handle):
    """What somebody does in a group: give a role, or let in again who was put out."""
    group, tie = _tie(request, slug, handle)
    form = RoleForm(initial={"role": tie.role})
    if request.method == "POST":
        form = RoleForm(request.POST)
        if tie.state == Membership.State.BANNED:
            actions.lift_ban(tie, actor=request.user)
            messages.success(request, _("%(name)s may join the group again.") % {"name": tie.member.name})
            return redirect("groups:members", slug=slug)
        if form.is_valid() and _role_given(request, tie, form):
            return redirect("groups:members", slug=slug)
    return _member_page(request, group, tie, form, RemoveForm())


def _member_page(request, group, tie, role_form, remove_form):
    context = {
        "group": group,
        "tie": tie,
        "role_form": role_form if tie.is_active and can_set_role(request.user, group) else None,
        "remove_form": remove_form,
        "remove": can_remove_member(request.user, tie),
        "hand_over": can_hand_over_group(request.user, tie),
    }
    return render(request, "groups/member.html", context)


def _role_given(request, tie, form):
    """Give the role; False when the action refuses, with its words in the form."""
    try:
        actions.set_role(tie, actor=request.user, role=form.cleaned_data["role"])
    except Refused as refusal:
        form.add_error("role", str(refusal))
        return False
    messages.success(request, _("The role of %(name)s is saved.") % {"name": tie.member.name})
    return True


@member_required
@require_http_methods(["GET", "POST"])
def answer(request, slug, handle):
    """Let in or refuse who asked to join."""
    tie = _tie(request, slug, handle)[1]
    if request.method == "GET":
        return redirect("groups:members", slug=slug)
    accept = request.POST.get("answer") == "accept"
    if not actions.answer_request(tie, actor=request.user, accept=accept):
        messages.info(request, _("There is no request to answer any more."))
    elif accept:
        messages.success(request, _("%(name)s is a member of the group.") % {"name": tie.member.name})
    else:
        messages.success(
            request, _("%(name)s is told that the request was not accepted.") % {"name": tie.member.name}
        )
    return redirect("groups:members", slug=slug)


@member_required
@require_http_methods(["GET", "POST"])
def remove(request, slug, handle):
    """Put somebody out of a group."""
    group, tie = _tie(request, slug, handle)
    if request.method == "GET":
        return redirect("groups:member", slug=slug, handle=handle)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return _member_page(request, group, tie, RoleForm(initial={"role": tie.role}), form)
    actions.remove_member(tie, actor=request.user, **form.cleaned_data)
    messages.success(
        request, _("%(name)s no longer belongs to the group, and is told why.") % {"name": tie.member.name}
    )
    return redirect("groups:members", slug=slug)


@member_required
@require_http_methods(["GET", "POST"])
def withdraw(request, slug, handle):
    """Take back the invitation of a member."""
    tie = _tie(request, slug, handle)[1]
    if request.method == "POST" and actions.withdraw_member_invitation(tie, actor=request.user):
        messages.success(request, _("The invitation is taken back."))
    return redirect("groups:members", slug=slug)


@member_required
@require_http_methods(["GET", "POST"])
def hand_over(request, slug, handle):
    """Make another member the owner in one's place."""
    tie = _tie(request, slug, handle)[1]
    if request.method == "GET":
        return redirect("groups:member", slug=slug, handle=handle)
    actions.hand_over_group(tie, actor=request.user)
    messages.success(
        request, _("%(name)s owns the group now, and you go on as facilitator.") % {"name": tie.member.name}
    )
    return redirect("groups:members", slug=slug)


@member_required
@require_http_methods(["GET", "POST"])
def claim(request, slug):
    """Become the owner of a group that has none any more."""
    group = find_group(request, slug)
    if request.method == "POST" and actions.claim_group(group, actor=request.user):
        messages.success(request, _("You own the group now."))
    return redirect("groups:members", slug=slug)
