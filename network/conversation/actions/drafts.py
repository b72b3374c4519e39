"""Drafts that are thrown away: kept for some time, in which they can be brought back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network.core.answers import require

from ..models import Attachment, Contribution, Edit
from ..permissions import can_delete_draft, can_restore_draft
from .counting import locked

# For how long a draft that was thrown away can be brought back, in days.
KEPT_FOR = 30


@transaction.atomic
def delete_draft(contribution, *, actor):
    """Throw a draft away; it can be brought back for `KEPT_FOR` days. False if it is gone already."""
    fresh = Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk).first()
    if fresh is None or fresh.deleted_at:
        return False
    require(can_delete_draft(actor, fresh))
    Contribution.objects.filter(pk=fresh.pk).update(deleted_at=timezone.now())
    return True


@transaction.atomic
def restore_draft(contribution, *, actor):
    """Bring back a draft that was thrown away; says whether it had been."""
    fresh = locked(contribution)
    require(can_restore_draft(actor, fresh))
    return bool(Contribution.objects.filter(pk=fresh.pk, deleted_at__isnull=False).update(deleted_at=None))


@transaction.atomic
def purge_draft(contribution):
    """Forget a draft that was thrown away long ago; says whether it was one.

    The row of a text that others had read stays, without its words: their replies hang on it.
    """
    fresh = locked(contribution)
    if not fresh.deleted_at or fresh.deleted_at > timezone.now() - timedelta(days=KEPT_FOR):
        return False
    files = Attachment.objects.filter(contribution=fresh)
    for attachment in files:
        transaction.on_commit(lambda stored=attachment.file: stored.storage.delete(stored.name))
    files.delete()
    if fresh.was_released_at is None:
        fresh.delete()
        return True
    Edit.objects.filter(contribution=fresh).delete()
    Contribution.objects.filter(pk=fresh.pk).update(title="", summary="", body="", body_text="")
    return True
