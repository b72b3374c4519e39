"""Reads of topics."""

from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    prefetch_related_objects,
)
from django.utils import timezone

from network.conversation.models import Contribution, Space
from network.conversation.querysets import ContributionQuerySet
from network.core.numbers import whole_number
from network.core.paging import newest_first
from network.moderation.models import Decision

MOST_PINNED = 10


class TopicQuerySet(ContributionQuerySet):
    def for_page(self, slug, member):
        """Topics of the group at this address that the member may read, with all that their page shows.

        `tie` is the member's membership of the group, or None; `acknowledged` says whether they confirmed that
        they have read it.
        """
        topics = self.filter(space__slug=slug, space__kind=Space.Kind.GROUP).visible_to(member)
        joined = [
            "space",
            "author__institution",
            "institution",
            "thread",
            "audience_space",
            "moved_from",
            "accepted_reply__author__institution",
            "accepted_reply__institution",
        ]
        if member.is_authenticated:
            from ..models import Acknowledgement

            mine = FilteredRelation("space__memberships", condition=Q(space__memberships__member=member))
            read = Acknowledgement.objects.filter(topic=OuterRef("pk"), member=member)
            topics = topics.annotate(tie=mine, acknowledged=Exists(read))
            joined.append("tie")
        return topics.select_related(*joined).prefetch_related("tags")

    def draft_in(self, group, member, key):
        """The member's draft of a topic in this group with this key, as typed in an address, or None."""
        key = whole_number(key)
        return self.drafts_of(member).filter(space=group, pk=key).first() if key else None

    def unanswered(self):
        """Questions of which no reply is accepted."""
        return self.released().filter(type="question", accepted_reply=None)

    def nudgeable(self, since, until):
        """Unanswered questions asked between these moments whose askers weren't reminded, where one may answer."""
        return self.unanswered().filter(
            released_at__gt=since,
            released_at__lte=until,
            nudged_at=None,
            space__archived_at=None,
            locked=False,
        )


def topics_of(group, member, cursor="", languages=()):
    """One page of a group's topics as the member may read them: the pinned ones (on the first page alone),
    then a Piece of the others in these languages, the most recently active first. Each has its `unread_count`.
    """
    topics = (
        Contribution.objects.filter(space=group, thread__space=group, kind=Contribution.Kind.TOPIC)
        .visible_to(member)
        .unread_state_for(member if member.is_authenticated else None)
        .for_cards()
        .prefetch_related(None)
    )
    others = newest_first(
        topics.filter(pinned=False).in_languages(languages, member), cursor, by="thread__last_activity_at"
    )
    pinned = []
    if others.first:
        pinned = list(topics.filter(pinned=True).order_by("-released_at", "-pk")[:MOST_PINNED])
    prefetch_related_objects([*pinned, *others], "tags")
    return pinned, others


def questions_for(member, cursor="", group=None, languages=()):
    """One page of the unanswered questions that the member may read, the newest first: of a group, or of all
    groups that aren't archived."""
    questions = Contribution.objects.filter(
        kind=Contribution.Kind.TOPIC, topic__type="question", topic__accepted_reply=None
    ).released()
    questions = questions.filter(space=group) if group else questions.filter(space__archived_at=None)
    return newest_first(
        questions.visible_to(member).in_languages(languages, member).for_cards(), cursor, by="released_at"
    )


def authors_in(topic):
    """Keys of those who spoke in a topic, its author included."""
    return (
        Contribution.objects.filter(Q(pk=topic.pk) | Q(root=topic.pk), released_at__isnull=False)
        .order_by()
        .values_list("author", flat=True)
        .distinct()
    )


def is_locked_by_decision(topic):
    """Did the moderators close the topic by a decision that holds?"""
    return Decision.objects.filter(
        case__contribution=topic.pk, measure=Decision.Measure.LOCK, overturned_at=None
    ).exists()


def joinable_topics(topic):
    """Topics of the same group that it can be merged into, the most recently active first; at most a hundred."""
    from ..models import Topic

    return (
        Topic.objects.filter(space=topic.space_id, thread__space=topic.space_id, audience="")
        .released()
        .exclude(pk=topic.pk)
        .order_by("-thread__last_activity_at")[:100]
    )


def replies_to_split(topic, start=1):
    """The replies of a topic from a number on that can open or join a topic of their own; at most a hundred."""
    return (
        Contribution.objects.in_thread(topic)
        .released()
        .filter(number__gte=start)
        .select_related("author")
        .order_by("number")[:100]
    )


def acknowledgements_of(topic, cursor=""):
    """One page of those who confirmed that they have read an announcement, the newest first."""
    from ..models import Acknowledgement

    return newest_first(
        Acknowledgement.objects.filter(topic=topic).select_related("member__institution"), cursor, by="at"
    )


def to_review(group):
    """What newcomers wrote in the group and waits to be looked at, the oldest first; at most fifty.

    What moderators look at, by a decision, is theirs alone.
    """
    return (
        Contribution.objects.filter(
            space=group.pk, moderation="awaiting", released_at=None, published_at__isnull=False
        )
        .exclude(author__posting_restriction="review", author__posting_restricted_until__gt=timezone.now())
        .select_related("author__institution", "institution", "root")
        .order_by("published_at", "pk")[:50]
    )
