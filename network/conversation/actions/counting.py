"""The counters that follow a contribution: moved by one function, in the transaction of what it follows."""

from django.db.models import F

from network.members.models import Member
from network.tags.models import Tag

from ..models import Space, ThreadState


def count_contribution(contribution, step):
    """Add `step` (1 or -1) wherever a released, clear contribution counts.

    Call while holding the locks of its space, root and own row; never twice for one change.
    """
    if contribution.root_id:
        Space.objects.filter(pk=contribution.space_id).update(reply_count=F("reply_count") + step)
        ThreadState.objects.filter(pk=contribution.root_id).update(reply_count=F("reply_count") + step)
    else:
        Space.objects.filter(pk=contribution.space_id).update(root_count=F("root_count") + step)
        Tag.objects.filter(tagged_contributions__content_object=contribution.pk).update(
            use_count=F("use_count") + step
        )
    Member.objects.filter(pk=contribution.author_id).update(contribution_count=F("contribution_count") + step)


def locked(contribution):
    """The contribution under lock, with its space and root, taken in the order that all actions keep.

    Call inside a transaction. Returns the base row, whatever the kind.
    """
    from ..models import Contribution

    Space.objects.select_for_update().get(pk=contribution.space_id)
    keys = [contribution.root_id, contribution.pk] if contribution.root_id else [contribution.pk]
    rows = {}
    for key in keys:
        rows[key] = Contribution.objects.select_for_update(of=("self",)).select_related("space").get(pk=key)
    fresh = rows[contribution.pk]
    if fresh.root_id:
        fresh.root = rows[fresh.root_id]
    return fresh
