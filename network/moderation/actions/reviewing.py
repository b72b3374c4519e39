"""Texts that somebody looks at before others see them, because a decision says so."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.conversation.actions import release_contribution
from network.conversation.actions.counting import locked
from network.conversation.models import Contribution
from network.conversation.permissions import restriction_of
from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.notifications.actions import queue_mail

from ..permissions import can_review_held

CLEAR = Contribution.Moderation.CLEAR


def hold_restricted(contribution):
    """Is it by a member whose texts are looked at first, by a decision?"""
    return restriction_of(contribution.author) == "review"


def _held(contribution, actor):
    fresh = locked(contribution)
    require(can_review_held(actor, fresh))
    return fresh if fresh.is_held else None


@transaction.atomic
def approve_held(contribution, *, actor):
    """Let others see it; says whether it still waited for that."""
    fresh = _held(contribution, actor)
    if fresh is None:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(moderation=CLEAR)
    record(actor, "approve_held", fresh)
    return release_contribution(fresh, reviewed=True)


@transaction.atomic
def refuse_held(contribution, *, actor, reason):
    """Give it back to its author as a draft, with why; says whether it still waited."""
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    fresh = _held(contribution, actor)
    if fresh is None:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(moderation=CLEAR, published_at=None)
    record(actor, "refuse_held", fresh)
    queue_mail(
        to=fresh.author.email,
        recipient=fresh.author,
        language=fresh.author.language,
        template="held_refused",
        context={"member": fresh.author, "contribution": fresh, "reason": reason.strip()},
    )
    return True
