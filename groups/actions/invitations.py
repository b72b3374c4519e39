"""Inviting people to a group: members, and whoever reads the mail at an address."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversation.actions import enter_space, leave_space
from network.conversation.models import Membership
from network.core.answers import require
from network.core.refusals import Refused
from network.notifications.actions import notify, queue_mail

from ..models import Invitation
from ..permissions import (
    can_accept_invitation,
    can_decline_invitation,
    can_invite,
    can_withdraw_invitation,
)
from .groups import language_of
from .locking import base_of, locked, tie_of
from .memberships import answer_request

Role, State = Membership.Role, Membership.State

# How long the link in a message serves.
HOLDS = timedelta(days=14)
# An answer or an end is kept so long after, for questions; then the address is forgotten.
KEPT = timedelta(days=30)
A_DAY = timedelta(days=1)
MOST_A_DAY = 50
# To one address, whichever groups invite it.
MOST_TO_ONE_ADDRESS = 3


@transaction.atomic
def invite_member(group, member, *, actor):
    """Invite somebody, or let them in at once where they have asked; returns their membership.

    Refused for who doesn't take part in the network, or was put out of the group.
    """
    fresh = locked(group, actor)
    require(can_invite(actor, fresh))
    if not member.is_verified:
        raise Refused(_("This member doesn't take part at present."))
    membership = tie_of(fresh, member)
    if membership and membership.state == State.BANNED:
        raise Refused(_("This group is closed to that member."))
    if membership and membership.state == State.REQUESTED:
        answer_request(membership, actor=actor, accept=True)
        return tie_of(fresh, member)
    if membership is None:
        membership = enter_space(fresh, member, role=Role.MEMBER, state=State.INVITED)[0]
        notify([member], "invitation", actor=actor, space=base_of(fresh))
    return membership


@transaction.atomic
def invite_address(group, email, *, actor):
    """Invite whoever reads the mail at an address; returns the invitation.

    One that holds already is returned as it is, and no second message leaves; one that is over is renewed.
    The answer is the same whether or not a member has this address. Refused for who invites too many.
    """
    fresh = locked(group, actor)
    require(can_invite(actor, fresh))
    now = timezone.now()
    invitation = fresh.invitations.waiting().filter(email__iexact=email).first()
    if invitation and invitation.expires_at > now:
        return invitation
    _refuse_too_many(email, actor, now)
    invitation = invitation or Invitation(group=fresh, email=email)
    invitation.invited_by, invitation.sent_at, invitation.expires_at = actor, now, now + HOLDS
    invitation.save()
    queue_mail(
        to=email,
        language=language_of(fresh, actor),
        template="invited_to_group",
        context={
            "group": fresh,
            "inviter": actor,
            "expires_at": invitation.expires_at,
            "url": f"{settings.BASE_URL}{invitation.get_absolute_url()}",
        },
    )
    return invitation


def _refuse_too_many(email, actor, now):
    today = Invitation.objects.filter(sent_at__gt=now - A_DAY)
    if today.filter(invited_by=actor).count() >= MOST_A_DAY:
        raise Refused(_("You have invited many people today: please go on tomorrow."))
    if today.filter(email__iexact=email).count() >= MOST_TO_ONE_ADDRESS:
        raise Refused(_("This address got several invitations today: please try again tomorrow."))


@transaction.atomic
def withdraw_member_invitation(membership, *, actor):
    """Take back the invitation of a member; says whether there still was one."""
    group = locked(membership.space, actor)
    require(can_withdraw_invitation(actor, group))
    current = tie_of(group, membership.member)
    if current is None or current.state != State.INVITED:
        return False
    return leave_space(group, current.member)


def _locked_invitation(invitation, actor):
    """The group and the invitation as they are now, both under lock."""
    group = locked(invitation.group, actor)
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    fresh.group = group
    return fresh


@transaction.atomic
def withdraw_invitation(invitation, *, actor):
    """Take back an invitation by e-mail: its link serves no more. Says whether it still could."""
    fresh = _locked_invitation(invitation, actor)
    require(can_withdraw_invitation(actor, fresh.group))
    return _end(fresh)


@transaction.atomic
def decline_invitation(invitation, *, actor):
    """Say no to an invitation sent to one's address; says whether it still held."""
    fresh = _locked_invitation(invitation, actor)
    require(can_decline_invitation(actor, fresh))
    return _end(fresh)


def _end(invitation):
    if invitation.accepted_at or invitation.withdrawn_at:
        return False
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return True


@transaction.atomic
def accept_invitation(invitation, *, actor):
    """Come into the group by an invitation sent to one's address; returns the membership.

    Who isn't verified yet stays invited, and can come in once they are. Refused, with why, for anybody else, and
    for an invitation that served, ended or was taken back. Doing it again changes nothing.
    """
    fresh = _locked_invitation(invitation, actor)
    membership = tie_of(fresh.group, actor)
    if fresh.accepted_by_id == actor.pk and membership:
        return membership
    if not (answer := can_accept_invitation(actor, fresh)):
        raise Refused(answer.reason)
    if membership is None or not membership.is_active:
        state = State.ACTIVE if actor.is_verified else State.INVITED
        membership = enter_space(fresh.group, actor, role=Role.MEMBER, state=state)[0]
    fresh.accepted_at, fresh.accepted_by = timezone.now(), actor
    fresh.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def forget_invitations():
    """Delete what was answered, taken back or over a month ago, addresses included; returns how many there were."""
    return Invitation.objects.over(timezone.now() - KEPT).delete()[0]
