"""The counters that follow a contribution: moved by one function, in the transaction of what it follows."""

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from network.members.models import Member
from network.tags.models import Tag

from ..models import Contribution, Space, ThreadState
from ..querysets import OPEN


def count_contribution(contribution, step):
    """Add `step` (1 or -1) wherever a released, clear contribution counts.

    Call while holding the locks of its space, root and own row; never twice for one change.
    """
    if contribution.root_id:
        Space.objects.filter(pk=contribution.space_id).update(reply_count=F("reply_count") + step)
        ThreadState.objects.filter(pk=contribution.root_id).update(reply_count=F("reply_count") + step)
    else:
        Space.objects.filter(pk=contribution.space_id).update(root_count=F("root_count") + step)
        if shows_in_tags(contribution):
            Tag.objects.filter(tagged_contributions__content_object=contribution.pk).update(
                use_count=F("use_count") + step
            )
    Member.objects.filter(pk=contribution.author_id).update(contribution_count=F("contribution_count") + step)


def shows_in_tags(contribution):
    """Do a tag's uses tell of it? What is said in closed groups isn't even counted for others."""
    return contribution.space.visibility in OPEN and contribution.audience != contribution.Audience.GROUP


def recount_tags(space):
    """A space opens to the network or closes: set right the uses of the tags in it. Call under its lock."""
    tags = Tag.objects.filter(tagged_contributions__content_object__space=space.pk).distinct()
    uses = (
        Contribution.objects.released()
        .filter(tagged_items__tag=OuterRef("pk"), space__visibility__in=OPEN)
        .exclude(audience=Contribution.Audience.GROUP)
        .order_by()
        .values("tagged_items__tag")
        .annotate(uses=Count("pk"))
        .values("uses")
    )
    tags.update(use_count=Coalesce(Subquery(uses), 0))


def locked(contribution):
    """The contribution under lock, with its space and root, taken in the order that all actions keep.

    Call inside a transaction. Returns the base row, whatever the kind.
    """
    Space.objects.select_for_update().get(pk=contribution.space_id)
    keys = [contribution.root_id, contribution.pk] if contribution.root_id else [contribution.pk]
    rows = {}
    for key in keys:
        rows[key] = Contribution.objects.select_for_update(of=("self",)).select_related("space").get(pk=key)
    fresh = rows[contribution.pk]
    if fresh.root_id:
        fresh.root = rows[fresh.root_id]
    return fresh
