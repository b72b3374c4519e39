"""Newcomers' first contributions, looked at before others see them where the group wants it."""

from django.db import transaction
from django.utils.translation import gettext as _

from network.conversation.actions import locked, release_contribution
from network.conversation.models import Contribution, Membership
from network.conversation.permissions import forget_membership, restriction_of
from network.core.answers import require
from network.core.refusals import Refused
from network.notifications.actions import notify, queue_mail

from ..models import Group
from ..permissions import can_review_contribution
from ..querysets import KEEPING_ORDER, is_newcomer

CLEAR, AWAITING = Contribution.Moderation.CLEAR, Contribution.Moderation.AWAITING


def hold_for_review(contribution):
    """Is it the first that its author says in a group that wants to look at it? Those who look are told."""
    if contribution.kind == Contribution.Kind.POST or not is_newcomer(contribution):
        return False
    keeping = Membership.objects.active().filter(space=contribution.space_id, role__in=KEEPING_ORDER)
    notify(
        list(keeping.values_list("member", flat=True)),
        "to_review",
        actor=contribution.author,
        space=contribution.space,
    )
    return True


def _held(contribution, actor):
    """The contribution under lock, if it still waits; whoever may not look at it is refused."""
    fresh = locked(contribution)
    forget_membership(actor, fresh.space)
    require(can_review_contribution(actor, Group.objects.get(pk=fresh.space_id)))
    if restriction_of(fresh.author) == "review":
        raise Refused(_("By a decision, the moderators look at this text."))
    return fresh if fresh.is_held else None


@transaction.atomic
def approve_contribution(contribution, *, actor):
    """Let others see it, and tell its author; says whether it still waited for that."""
    fresh = _held(contribution, actor)
    if fresh is None:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(moderation=CLEAR)
    if release_contribution(fresh, reviewed=True):
        notify([fresh.author], "approved", actor=actor, contribution=fresh.root or fresh, latest=fresh)
    return True


@transaction.atomic
def refuse_contribution(contribution, *, actor, reason):
    """Give it back to its author as a draft, with why; says whether it still waited."""
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    fresh = _held(contribution, actor)
    if fresh is None:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(moderation=CLEAR, published_at=None)
    queue_mail(
        to=fresh.author.email,
        recipient=fresh.author,
        language=fresh.author.language,
        template="review_refused",
        context={"group": fresh.space, "contribution": fresh, "reason": reason},
    )
    notify([fresh.author], "returned", contribution=fresh)
    return True
