"""Reads of groups."""

from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    Count,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from network.conversation.models import Contribution, Membership, Space, TaggedSpace
from network.conversation.querysets import OPEN, SpaceQuerySet
from network.core.sql import Unaccent
from network.tags.models import Tag, TagName, normalise

from .members import ties_of_people_of

A_WEEK = timedelta(days=7)
# How much a title must look like another to be shown beside it, from 0 to 1.
LIKE = 0.35


class GroupQuerySet(SpaceQuerySet):
    def listed(self, *, text="", language="", tag=""):
        """Groups whose title holds the words of `text`, in a language (its code), under a tag (slug or name)."""
        queryset = self.filter(kind=Space.Kind.GROUP)
        if text:
            queryset = queryset.matching(text)
        if language:
            queryset = queryset.filter(languages__contains=[language])
        if tag:
            meant = Tag.objects.meant_by(tag).values("idea")
            queryset = queryset.filter(
                pk__in=TaggedSpace.objects.filter(tag__in=meant).values("content_object")
            )
        return queryset

    def with_people_of(self, institution, member):
        """Groups that the member may read and to which people of an institution belong."""
        return self.readable_by(member).filter(pk__in=ties_of_people_of(institution).values("space"))

    def orphaned(self):
        """Groups that nobody can own any more: their owners are gone."""
        return self.exclude(pk__in=Membership.objects.owning().values("space"))

    def open_to(self, member):
        """Groups that the member may join at once and doesn't belong to."""
        return self.filter(join_policy="open", visibility__in=OPEN, archived_at=None).exclude(
            pk__in=Membership.objects.filter(member=member).values("space")
        )

    def for_cards(self, member):
        """With what a card shows: tags; `my_state`, the state of the member's membership or None; `this_week`,
        how many contributions came in the last seven days.
        """
        mine = Membership.objects.filter(
            space=OuterRef("pk"), member=member if member.is_authenticated else None
        )
        recent = (
            Contribution.objects.released()
            .filter(Q(root=None) | Q(root__moderation="clear"), space=OuterRef("pk"))
            .filter(released_at__gt=timezone.now() - A_WEEK)
        )
        counted = recent.order_by().values("space").annotate(count=Count("pk")).values("count")
        return self.annotate(
            my_state=Subquery(mine.values("state")[:1]), this_week=Coalesce(Subquery(counted), 0)
        ).prefetch_related("tags")

    def to_move_to(self, member, left):
        """Groups that the member belongs to and may write in, but that with the key `left`, by title."""
        mine = Membership.objects.active().filter(member=member)
        return (
            self.filter(pk__in=mine.values("space"), archived_at=None)
            .exclude(pk=left)
            .order_by("title", "pk")
        )

    def left_by(self, member):
        """Groups that the member has some tie to: what one may leave, whatever one may see."""
        ties = Membership.objects.filter(member=member if member.is_authenticated else None)
        return self.filter(Q(pk__in=ties.values("space")) | Q(pk__in=self.visible_to(member).values("pk")))


def similar_groups(member, title, tag_names=()):
    """Groups that the member may know of and doesn't own, whose title or tags resemble these; at most five.

    A title resembles by its letters; tags do when two are the same.
    """
    from ..models import Group

    wanted = Unaccent(Lower(Value(title)))
    known = [normalise(name) for name in tag_names]
    meant = TagName.objects.filter(normalised__in=known).values("tag")
    shared = TaggedSpace.objects.filter(content_object=OuterRef("pk"), tag__in=meant).order_by()
    counted = shared.values("content_object").annotate(count=Count("pk")).values("count")
    owned = Membership.objects.filter(member=member, role=Membership.Role.OWNER)
    return list(
        Group.objects.visible_to(member)
        .filter(kind=Space.Kind.GROUP, archived_at=None)
        .exclude(pk__in=owned.values("space"))
        .annotate(
            likeness=TrigramSimilarity(Unaccent(Lower("title")), wanted),
            shared=Coalesce(Subquery(counted), 0),
        )
        .filter(Q(likeness__gte=LIKE) | Q(shared__gte=2))
        .for_cards(member)
        .order_by("-likeness", "-shared", "-pk")[:5]
    )


def groups_of(member):
    """The groups that a member belongs to, by title; at most two hundred."""
    from ..models import Group

    mine = Membership.objects.active().filter(member=member)
    return Group.objects.filter(pk__in=mine.values("space")).order_by("title", "pk")[:200]
