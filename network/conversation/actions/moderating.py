"""What moderation does to a contribution. Who may is asked by moderation, which alone calls this."""

from django.db import transaction

from network.core.audit import record

from ..models import Contribution
from .counting import count_contribution, locked

CLEAR = Contribution.Moderation.CLEAR


@transaction.atomic
def hide_contribution(contribution, *, actor, moderation=Contribution.Moderation.HIDDEN):
    """Take it out of everyone's sight (`hidden`, or `removed` for good); says whether that changed anything."""
    return _moderate(contribution, actor, moderation, "hide_contribution")


@transaction.atomic
def restore_contribution(contribution, *, actor):
    """Show it again, counters included; says whether that changed anything."""
    return _moderate(contribution, actor, CLEAR, "restore_contribution")


def _moderate(contribution, actor, moderation, verb):
    fresh = locked(contribution)
    before = fresh.moderation
    if before == moderation:
        return False
    fresh.moderation = moderation
    fresh.save(update_fields=["moderation"])
    if fresh.released_at and CLEAR in (before, moderation):
        count_contribution(fresh, 1 if moderation == CLEAR else -1)
    contribution.moderation = moderation
    record(actor, verb, fresh, before=before, after=moderation)
    return True


@transaction.atomic
def label_contribution(contribution, *, actor, label):
    """Put a note above it for readers; an empty one takes the note away."""
    return _set(contribution, actor, "label_contribution", label=label)


@transaction.atomic
def lock_contribution(contribution, *, actor, locked=True):
    """Close the discussion under a topic or post, or open it again."""
    return _set(contribution, actor, "lock_contribution", locked=locked)


@transaction.atomic
def pin_contribution(contribution, *, actor, pinned=True):
    """Keep a topic at the top of its group, or let it go."""
    return _set(contribution, actor, "pin_contribution", pinned=pinned)


def _set(contribution, actor, verb, **values):
    (field, value), *_ = values.items()
    fresh = locked(contribution)
    if getattr(fresh, field) == value:
        return False
    setattr(fresh, field, value)
    fresh.save(update_fields=[field])
    setattr(contribution, field, value)
    # Nobody reads the titles of closed groups in the record.
    target = actor if actor and fresh.space.is_closed else fresh
    record(actor, verb, target, contribution=fresh.pk, **values)
    return True
