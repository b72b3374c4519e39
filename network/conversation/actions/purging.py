"""What moderation removed is deleted in the end."""

from functools import partial

from django.db import transaction

from network.core.audit import record

from ..models import Attachment, Contribution, Edit
from .counting import locked

# What stands where a title was: the database wants one.
NO_TITLE = "–"


@transaction.atomic
def purge_contribution(contribution, *, actor):
    """Delete the words, earlier words and files of what was removed; says whether there was anything.

    The row stays, empty, so that the numbers of a thread hold. Who may is asked by moderation, which alone
    calls this.
    """
    fresh = locked(contribution)
    if fresh.moderation != Contribution.Moderation.REMOVED:
        return False
    Contribution.objects.filter(pk=fresh.pk).update(
        body="", body_text="", summary="", cover=None, title=NO_TITLE if fresh.title else ""
    )
    Edit.objects.filter(contribution=fresh.pk).delete()
    for attachment in Attachment.objects.filter(contribution=fresh.pk):
        transaction.on_commit(partial(attachment.file.storage.delete, attachment.file.name))
        attachment.delete()
    record(actor, "purge_contribution", fresh)
    return True
