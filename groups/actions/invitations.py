"""Inviting people to a group."""

from django.db import transaction
from django.utils.translation import gettext as _

from network.conversation.actions import enter_space
from network.conversation.models import Membership
from network.core.answers import require
from network.core.refusals import Refused
from network.notifications.actions import notify

from ..permissions import can_invite
from .locking import base_of, locked, tie_of
from .memberships import answer_request

Role, State = Membership.Role, Membership.State


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
