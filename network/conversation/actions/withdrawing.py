"""What authors decide about their posts, apart from the words: the moment, taking back, replies."""

from django.db import transaction

from network.core.answers import require

from .. import tasks
from ..models import Contribution
from ..permissions import (
    can_close_replies,
    can_reschedule_contribution,
    can_withdraw_contribution,
)
from .counting import count_contribution, locked


@transaction.atomic
def withdraw_contribution(contribution, *, actor):
    """Take a published post out of sight: it is a draft again, with its address. False if it was one already.

    Published again, it stands where it stood, and nobody is told a second time.
    """
    fresh = locked(contribution)
    if fresh.is_withdrawn and fresh.author_id == actor.pk:
        return False
    require(can_withdraw_contribution(actor, fresh))
    Contribution.objects.filter(pk=fresh.pk).update(
        was_released_at=fresh.released_at, released_at=None, published_at=None
    )
    count_contribution(fresh, -1)
    return True


@transaction.atomic
def reschedule_contribution(contribution, *, actor, at):
    """Give what waits for its moment another one; says whether that changed anything."""
    fresh = locked(contribution)
    require(can_reschedule_contribution(actor, fresh))
    if fresh.published_at == at:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(published_at=at)
    transaction.on_commit(lambda: tasks.release.using(run_after=at).enqueue(fresh.pk))
    return True


@transaction.atomic
def open_replies(contribution, *, actor, are_open):
    """Let others answer one's topic or post, or take no more answers; says whether that changed anything."""
    fresh = locked(contribution)
    require(can_close_replies(actor, fresh))
    if fresh.replies_open == are_open:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(replies_open=are_open)
    return True
