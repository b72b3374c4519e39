"""Groups that are looked at before they exist, where a setting says so."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.actions import notify, queue_mail

from ..models import GroupProposal
from ..permissions import (
    can_create_group,
    can_decide_proposal,
    can_propose_group,
    can_withdraw_proposal,
)
from .groups import create_group
from .locking import base_of

State = GroupProposal.State
MOST_WAITING = 5


@transaction.atomic
def propose_group(*, actor, title, tag_names=(), **fields):
    """Ask an administrator for a group; returns the proposal, and tells the administrators.

    `fields` are those of `create_group`. The same title proposed again, while it waits, is the same proposal.
    Refused for who has many waiting.
    """
    require(can_propose_group(actor))
    Member.objects.select_for_update().get(pk=actor.pk)
    waiting = list(actor.group_proposals.filter(state=State.WAITING))
    if twin := next((proposal for proposal in waiting if proposal.title == title), None):
        return twin
    if len(waiting) >= MOST_WAITING:
        raise Refused(_("Several groups that you proposed wait for an answer: please wait for it."))
    proposal = GroupProposal.objects.create(proposer=actor, title=title, tag_names=list(tag_names), **fields)
    for administrator in Member.objects.administrators():
        queue_mail(
            to=administrator.email,
            recipient=administrator,
            language=administrator.language,
            template="group_proposed",
            context={
                "proposal": proposal,
                "url": f"{settings.BASE_URL}{reverse('proposals_admin:proposal', args=[proposal.pk])}",
            },
        )
    return proposal


def _locked(proposal):
    return GroupProposal.objects.select_for_update().select_related("proposer").get(pk=proposal.pk)


def _decided(proposal, state, actor, **fields):
    proposal.state, proposal.decided_at, proposal.decided_by = state, timezone.now(), actor
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save()


@transaction.atomic
def approve_proposal(proposal, *, actor):
    """Let the group exist, owned by who proposed it, and tell them; returns it, or None where it was answered before.

    Refused while the proposer can't take part.
    """
    require(can_decide_proposal(actor))
    fresh = _locked(proposal)
    if not fresh.is_waiting:
        return None
    if not can_create_group(fresh.proposer):
        raise Refused(_("Who proposed it doesn't take part at present."))
    group = create_group(
        actor=fresh.proposer,
        title=fresh.title,
        description=fresh.description,
        visibility=fresh.visibility,
        join_policy=fresh.join_policy,
        languages=fresh.languages,
        rules=fresh.rules,
        review_newcomers=fresh.review_newcomers,
        tag_names=fresh.tag_names,
    )
    _decided(fresh, State.APPROVED, actor, group=group)
    record(actor, "approve_proposal", fresh.proposer, proposal=fresh.pk, group=group.pk)
    notify([fresh.proposer], "group_approved", space=base_of(group))
    return group


@transaction.atomic
def refuse_proposal(proposal, *, actor, reason):
    """Refuse a proposed group, and tell who proposed it why; says whether it still waited."""
    require(can_decide_proposal(actor))
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    fresh = _locked(proposal)
    if not fresh.is_waiting:
        return False
    _decided(fresh, State.REFUSED, actor, reason=reason)
    record(actor, "refuse_proposal", fresh.proposer, proposal=fresh.pk)
    queue_mail(
        to=fresh.proposer.email,
        recipient=fresh.proposer,
        language=fresh.proposer.language,
        template="group_refused",
        context={"proposal": fresh, "url": f"{settings.BASE_URL}{reverse('groups:new')}"},
    )
    return True


@transaction.atomic
def withdraw_proposal(proposal, *, actor):
    """Take back a group that one proposed; says whether it still waited."""
    fresh = _locked(proposal)
    if fresh.proposer_id == actor.pk and fresh.state == State.WITHDRAWN:
        return False
    require(can_withdraw_proposal(actor, fresh))
    _decided(fresh, State.WITHDRAWN, actor)
    return True
