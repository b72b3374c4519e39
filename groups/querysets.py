"""Reads of groups and topics."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from network.conversation.models import Contribution, Membership, Space, TaggedSpace
from network.conversation.querysets import OPEN, ContributionQuerySet, MembershipQuerySet, SpaceQuerySet
from network.core.numbers import whole_number
from network.core.paging import newest_first
from network.core.sql import Unaccent
from network.members.models import Member
from network.moderation.models import Decision
from network.tags.models import Tag, TagName, normalise

A_WEEK = timedelta(days=7)
MOST_PINNED = 10
# How much a title must look like another to be shown beside it, from 0 to 1.
LIKE = 0.35
KEEPING_ORDER = (Membership.Role.OWNER, Membership.Role.FACILITATOR)


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
        return self.readable_by(member).filter(pk__in=_ties_of_people_of(institution).values("space"))

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
    from .models import Group

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


def proposals_of(member):
    """The groups that a member has proposed and that wait for an answer, the newest first."""
    return member.group_proposals.filter(state="waiting")


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that still hold."""
        return self.waiting().filter(expires_at__gt=timezone.now())

    def waiting(self):
        """Those that nobody answered or took back, over or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def addressed_to(self, member):
        """Those sent to an address that is proved to be the member's."""
        addresses = EmailAddress.objects.filter(user=member, verified=True)
        return self.annotate(address=Lower("email")).filter(
            address__in=addresses.annotate(address=Lower("email")).values("address")
        )

    def over(self, before):
        """Those that were answered, taken back, or held no more before then: nothing is left to know of them."""
        return self.filter(Q(expires_at__lt=before) | Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before))


def _ties_of_people_of(institution):
    ties = Membership.objects.active().exclude(role=Membership.Role.FOLLOWER)
    return ties.filter(member__institution=institution, member__status=Member.Status.ACTIVE)


def colleagues_in(groups, member):
    """Who of the member's institution belongs to these groups (from a list), others than the member.

    By the key of the group: how many, and the names of the first three. Of groups that the member can't read
    nothing is said.
    """
    if not member.is_authenticated or not member.is_verified or member.institution_id is None:
        return {}
    read = Space.objects.filter(pk__in=[group.pk for group in groups]).readable_by(member)
    counted = (
        _ties_of_people_of(member.institution_id)
        .filter(space__in=read.values("pk"))
        .exclude(member=member)
        .values("space")
        .annotate(people=Count("pk"), names=ArrayAgg("member__name", order_by=("joined_at", "pk")))
    )
    return {row["space"]: (row["people"], row["names"][:3]) for row in counted}


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
            from .models import Acknowledgement

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


def tie_and_facilitators(group, member):
    """The member's tie to the group, or None, and the ties of those who keep order in it; one query."""
    keeping = Q(role__in=KEEPING_ORDER, state=Membership.State.ACTIVE)
    wanted = keeping | Q(member=member) if member.is_authenticated else keeping
    ties = list(
        Membership.objects.filter(wanted, space=group)
        .select_related("member__institution")
        .order_by("joined_at", "pk")
    )
    mine = next((tie for tie in ties if tie.member_id == member.pk), None)
    return mine, [tie for tie in ties if tie.is_active and tie.role in KEEPING_ORDER]


def members_of(group, cursor="", *, text="", role="", institution=None):
    """One page of the active memberships of a group, the newest first, with their members.

    Narrowed to names that hold the words of `text`, to a role, to the people of an institution.
    """
    ties = _of(group, Membership.State.ACTIVE).select_related("member__institution", "space")
    if text:
        ties = ties.filter(member__in=Member.objects.matching(text).values("pk"))
    if role:
        ties = ties.filter(role=role)
    if institution:
        ties = ties.filter(member__institution=institution)
    return newest_first(ties, cursor, by="joined_at")


def successors_in(group, member):
    """Who may own the group after the member: those who keep order first, then who is in it longest; at most fifty."""
    others = _of(group, Membership.State.ACTIVE).filter(member__status=Member.Status.ACTIVE)
    keeping = Case(When(role__in=KEEPING_ORDER, then=0), default=1)
    return others.exclude(member=member).select_related("member").order_by(keeping, "joined_at", "pk")[:50]


def apart_in(group):
    """The ties of who isn't a member of the group: who asks, who is invited, who is banned, each the oldest first.

    At most fifty of each, in one query; the others follow as these are answered.
    """
    states = (Membership.State.REQUESTED, Membership.State.INVITED, Membership.State.BANNED)
    wanted = Q()
    for state in states:
        wanted |= Q(pk__in=_of(group, state).order_by("joined_at", "pk").values("pk")[:50])
    ties = list(
        Membership.objects.filter(wanted).select_related("member__institution").order_by("joined_at", "pk")
    )
    return tuple([tie for tie in ties if tie.state == state] for state in states)


def invitations_of(group):
    """The invitations by e-mail to a group that wait for an answer, the newest first; at most fifty."""
    return group.invitations.waiting().order_by("-sent_at", "-pk")[:50]


def waiting_for(member):
    """Groups that have invited the member, or that they asked to join, the newest tie first; at most twenty.

    `my_state` is "invited" or "requested"; `invitation` is the key of an invitation by e-mail, or None.
    """
    from .models import Group, Invitation

    if not member.is_authenticated:
        return []
    ties = Membership.objects.filter(
        member=member, state__in=[Membership.State.INVITED, Membership.State.REQUESTED]
    )
    posted = Invitation.objects.open().addressed_to(member)
    mine = ties.filter(space=OuterRef("pk"))
    here = posted.filter(group=OuterRef("pk")).order_by("-pk")
    known = Group.objects.visible_to(member).filter(pk__in=ties.values("space"))
    groups = Group.objects.filter(Q(pk__in=known.values("pk")) | Q(pk__in=posted.values("group")))
    return list(
        groups.exclude(memberships__in=Membership.objects.active().filter(member=member))
        .annotate(my_state=Subquery(mine.values("state")[:1]), invitation=Subquery(here.values("pk")[:1]))
        .order_by("-pk")[:20]
    )


def _of(group, state) -> MembershipQuerySet:
    return Membership.objects.filter(space=group, state=state)


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
    from .models import Topic

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
    from .models import Acknowledgement

    return newest_first(
        Acknowledgement.objects.filter(topic=topic).select_related("member__institution"), cursor, by="at"
    )


def is_newcomer(contribution):
    """Is it the first that its author says in a group that wants to look at such ones?"""
    from .models import Group

    if not Group.objects.filter(pk=contribution.space_id, review_newcomers=True).exists():
        return False
    keeps_order = Membership.objects.active().filter(
        space=contribution.space_id, member=contribution.author_id, role__in=KEEPING_ORDER
    )
    said = Contribution.objects.released().filter(space=contribution.space_id, author=contribution.author_id)
    return not keeps_order.exists() and not said.exists()


def to_review(group):
    """What newcomers wrote in the group and waits to be looked at, the oldest first; at most fifty."""
    return (
        Contribution.objects.filter(
            space=group.pk, moderation="awaiting", released_at=None, published_at__isnull=False
        )
        .select_related("author__institution", "institution", "root")
        .order_by("published_at", "pk")[:50]
    )
