"""Words that were published elsewhere before, by their author."""

from django.db import transaction
from django.db.models.functions import Greatest

from network.core.answers import require

from ..models import Space, ThreadState
from ..permissions import can_post_contribution
from .counting import count_contribution, locked


@transaction.atomic
def release_imported(contribution, *, actor, at):
    """Let others read a draft that was published elsewhere at the moment `at`, under that date; nobody is told.

    Says whether it was released by this call.
    """
    fresh = locked(contribution)
    if not fresh.is_draft:
        return False
    fresh.author = actor
    require(can_post_contribution(actor, fresh))
    fresh.published_at = fresh.released_at = at
    fresh.save(update_fields=["published_at", "released_at"])
    ThreadState.objects.create(
        root=fresh, space_id=fresh.space_id, last_activity_at=at, last_author_id=actor.pk
    )
    count_contribution(fresh, 1)
    Space.objects.filter(pk=fresh.space_id).update(last_activity_at=Greatest("last_activity_at", at))
    return True
