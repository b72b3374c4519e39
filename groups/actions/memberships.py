"""Who belongs to a group: asking, leaving, roles, being put out. The row of the space is locked first."""

from django.db import transaction
from django.utils.translation import gettext as _

from network.conversation.actions import enter_space, leave_space
from network.conversation.models import Membership
from network.conversation.permissions import forget_membership, membership_of
from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.actions import notify, queue_mail

from ..permissions import (
    can_answer_request,
    can_claim_group,
    can_hand_over_group,
    can_join_group,
    can_leave_group,
    can_manage_group,
    can_remove_member,
    can_request_group,
    can_set_level,
    can_set_role,
)
from ..querysets import KEEPING_ORDER
from .locking import base_of, locked, tie_of

Role, State = Membership.Role, Membership.State


@transaction.atomic
def join_group(group, *, actor, note=""):
    """Become a member, or ask to where a facilitator answers; an invitation is accepted by it.

    Returns the membership: its state says which it was. Doing it again changes nothing.
    """
    fresh = locked(group, actor)
    membership = membership_of(actor, fresh)
    if membership and membership.is_active:
        return membership
    if can_join_group(actor, fresh):
        return enter_space(fresh, actor, role=Role.MEMBER, state=State.ACTIVE)[0]
    if membership and membership.state == State.REQUESTED:
        return membership
    require(can_request_group(actor, fresh))
    membership = enter_space(fresh, actor, role=Role.MEMBER, state=State.REQUESTED, note=note)[0]
    keeping = Member.objects.filter(
        memberships__space=fresh.pk, memberships__role__in=KEEPING_ORDER, memberships__state=State.ACTIVE
    )
    notify(list(keeping), "request_to_join", actor=actor, space=base_of(fresh))
    return membership


@transaction.atomic
def leave_group(group, *, actor, successor=None):
    """Leave, withdraw a request or decline an invitation; says whether there was anything to leave.

    `successor`, the membership of another, is made owner first: the only owner can't leave without.
    """
    fresh = locked(group, actor)
    if membership_of(actor, fresh) is None:
        return False
    if successor is not None:
        hand_over_group(successor, actor=actor)
    require(can_leave_group(actor, fresh))
    return leave_space(fresh, actor)


@transaction.atomic
def hand_over_group(membership, *, actor):
    """Make another member the group's owner in the actor's place, who goes on as facilitator.

    Says whether that changed anything: doing it again doesn't.
    """
    group = locked(membership.space, actor, membership.member)
    mine, theirs = tie_of(group, actor), tie_of(group, membership.member)
    done = mine and mine.role == Role.FACILITATOR and theirs and theirs.role == Role.OWNER
    if done and theirs.is_active:
        return False
    if theirs is None:
        raise Refused(_("Only members of the group have a role in it."))
    theirs.space = group
    require(can_hand_over_group(actor, theirs))
    enter_space(group, theirs.member, role=Role.OWNER)
    enter_space(group, mine.member, role=Role.FACILITATOR)
    forget_membership(actor, group)
    record(actor, "hand_over_group", theirs.member, group=group.pk)
    notify([theirs.member], "role_changed", actor=actor, space=base_of(group))
    return True


@transaction.atomic
def claim_group(group, *, actor):
    """Become the owner of a group that has none any more; says whether that changed anything."""
    fresh = locked(group, actor)
    mine = tie_of(fresh, actor)
    if mine and mine.is_active and mine.role == Role.OWNER:
        return False
    require(can_claim_group(actor, fresh))
    enter_space(fresh, actor, role=Role.OWNER)
    record(actor, "claim_group", actor, group=fresh.pk)
    return True


@transaction.atomic
def answer_request(membership, *, actor, accept):
    """Let in or refuse who asked to join, and tell them; says whether there was still a request."""
    group = locked(membership.space, actor)
    require(can_answer_request(actor, group))
    waiting = tie_of(group, membership.member)
    if waiting is None or waiting.state != State.REQUESTED:
        return False
    if accept:
        enter_space(group, waiting.member, role=Role.MEMBER)
    else:
        leave_space(group, waiting.member)
    notify([waiting.member], "request_accepted" if accept else "request_refused", space=base_of(group))
    return True


@transaction.atomic
def set_role(membership, *, actor, role):
    """Make an active member of the group its member, facilitator or owner; says whether that changed anything.

    Refused when the group would be left without an owner.
    """
    group = locked(membership.space, actor, membership.member)
    require(can_set_role(actor, group))
    current = tie_of(group, membership.member)
    if current is None or not current.is_active or role not in (Role.MEMBER, Role.FACILITATOR, Role.OWNER):
        raise Refused(_("Only members of the group have a role in it."))
    if (
        current.role == Role.OWNER
        and role != Role.OWNER
        and not (answer := can_leave_group(current.member, group))
    ):
        raise Refused(answer.reason)
    changed = enter_space(group, current.member, role=role)[1]
    if changed:
        forget_membership(actor, group)
        record(actor, "set_role", current.member, group=group.pk, role=role)
        notify([current.member], "role_changed", actor=actor, space=base_of(group))
    return changed


@transaction.atomic
def remove_member(membership, *, actor, reason, ban=False):
    """Put somebody out of the group, and tell them why; with `ban` they can't come back.

    Says whether they were in it, or the group was still open to them. What they said stays.
    """
    group = locked(membership.space, actor)
    current = tie_of(group, membership.member)
    if current is None or current.state == State.BANNED:
        require(can_manage_group(actor, group))
        return False
    current.space = group
    require(can_remove_member(actor, current))
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    if ban:
        enter_space(group, current.member, role=Role.MEMBER, state=State.BANNED, note=reason)
    else:
        leave_space(group, current.member)
    record(actor, "remove_member", current.member, group=group.pk, ban=ban)
    queue_mail(
        to=current.member.email,
        recipient=current.member,
        language=current.member.language,
        template="removed_from_group",
        context={"group": group, "reason": reason, "ban": ban},
    )
    return True


@transaction.atomic
def lift_ban(membership, *, actor):
    """Let who was put out for good join again like anybody; says whether the group was closed to them."""
    group = locked(membership.space, actor)
    require(can_manage_group(actor, group))
    current = tie_of(group, membership.member)
    if current is None or current.state != State.BANNED:
        return False
    record(actor, "lift_ban", current.member, group=group.pk)
    return leave_space(group, current.member)


@transaction.atomic
def set_level(group, *, actor, level):
    """Choose what one is told of a group that one belongs to; says whether that changed anything."""
    fresh = locked(group, actor)
    require(can_set_level(actor, fresh))
    changed = Membership.objects.filter(space=fresh.pk, member=actor).exclude(level=level).update(level=level)
    forget_membership(actor, fresh)
    return bool(changed)
