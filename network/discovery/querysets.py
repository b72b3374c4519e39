"""Reads that go across the network: profiles, bookmarks, tags as one may see them."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, OuterRef, Q, When
from django.utils import timezone

from groups.models import Group
from network.conversation.actions.drafts import KEPT_FOR
from network.conversation.models import (
    Bookmark,
    Contribution,
    Follow,
    Membership,
    Space,
    TaggedContribution,
    TaggedSpace,
)
from network.core.sql import any_of
from network.members.models import Expertise, FormerHandle, Member
from network.notifications.models import NotificationPreference
from network.tags.models import Tag, TagFollow, TagName, normalise

# How many of one's groups the preferences list.
MOST_GROUPS = 200
# How many planned and how many deleted texts the page of drafts lists.
MOST_WAITING = 50
# How many groups and people are suggested, and among how many people they are looked for.
MOST_SUGGESTED = 4
MOST_LOOKED_AT = 400


def tags_known_to(member):
    """Tags that the member may know of: a tag that only a closed group uses says something about it.

    They are those under which the member sees something, those that a member's expertise names, and those
    that the administration has named in French and in Dutch.
    """
    return Tag.objects.visible_to(member).filter(_known_to(member))


def _known_to(member, path=""):
    """The condition on a tag, or on the tag that stands at `path` of it."""
    prefix, key = (f"{path}__", OuterRef(path)) if path else ("", OuterRef("pk"))
    contributions = TaggedContribution.objects.filter(
        tag=key, content_object__in=Contribution.objects.visible_to(member).released().values("pk")
    )
    spaces = TaggedSpace.objects.filter(
        tag=key, content_object__in=Space.objects.visible_to(member).values("pk")
    )
    people = Expertise.objects.filter(
        tag=key, content_object__in=Member.objects.visible_to(member).values("pk")
    )
    named = Q(**{f"{prefix}label_fr__gt": "", f"{prefix}label_nl__gt": ""})
    return named | Q(any_of(contributions)) | Q(any_of(spaces)) | Q(any_of(people))


def tag_at(slug, member):
    """The tag at this address with `followed` (by the member) and the one it was merged into; or None."""
    follows = TagFollow.objects.filter(tag=OuterRef("pk"), member=_or_none(member))
    return (
        Tag.objects.filter(slug=slug)
        .annotate(followed=Exists(follows))
        .filter(Q(followed=True) | _known_to(member) | _known_to(member, "merged_into"))
        .select_related("merged_into")
        .first()
    )


def names_of(tag):
    """What each language calls a tag, the name shown first."""
    return tag.names.order_by("language", "-preferred", "name")


def tags_completing(text, member):
    """Tags that the member may know of, of which a name in any language holds the text; most used first."""
    typed = normalise(text)
    if not typed:
        return Tag.objects.none()
    names = TagName.objects.filter(normalised__contains=typed)
    return tags_known_to(member).filter(pk__in=names.values("tag")).order_by("-use_count", "name")[:10]


def under_tag(tag, member, languages=()):
    """Topics and posts under a tag, in these languages, that the member may read."""
    found = Contribution.objects.filter(tagged_items__tag=tag).visible_to(member).released()
    return found.in_languages(languages, member).for_cards()


def spaces_under_tag(tag, member):
    """Groups and blogs under a tag of which the member may see the card; the most active ones."""
    return (
        Space.objects.filter(tagged_items__tag=tag)
        .visible_to(member)
        .order_by("-last_activity_at", "-pk")[:6]
    )


def profile_of(handle, viewer):
    """The member of this handle with institution and expertise, and `followed` (by the viewer); or None."""
    follows = Follow.objects.filter(followed=OuterRef("pk"), follower=_or_none(viewer))
    return (
        Member.objects.filter(handle=handle)
        .select_related("institution")
        .prefetch_related("expertise")
        .annotate(followed=Exists(follows))
        .first()
    )


def holder_of_former(handle):
    """The member who had this handle before, or None."""
    former = FormerHandle.objects.filter(handle=handle).select_related("member").first()
    return former.member if former else None


def said_by(member, viewer):
    """What a member said that the viewer may read."""
    return Contribution.objects.filter(author=member).released().visible_to(viewer).for_cards()


def places_of(member, viewer):
    """The groups of a member as far as the viewer may know of them, and the member's blog."""
    memberships = (
        Membership.objects.active()
        .filter(member=member, space__kind=Space.Kind.GROUP)
        .exclude(role=Membership.Role.FOLLOWER)
        .visible_to(viewer)
    )
    blog = Space.objects.filter(blog__owner=member)
    return (
        Space.objects.filter(pk__in=memberships.values("space").union(blog.values("pk")))
        .visible_to(viewer)
        .order_by("-kind", "-last_activity_at", "-pk")[:30]
    )


def directory(viewer, *, text="", institution=None, expertise="", language=""):
    """Members whom the viewer may look up, narrowed by name, institution, expertise (words) and language."""
    people = Member.objects.visible_to(viewer).filter(status=Member.Status.ACTIVE)
    if text:
        people = people.matching(text)
    if institution:
        people = people.filter(institution=institution)
    if expertise:
        tags = Tag.objects.named_like(expertise).order_by().values("pk")
        people = people.filter(pk__in=Expertise.objects.filter(tag__in=tags).values("content_object"))
    if language:
        people = people.filter(languages__contains=[language])
    return people.select_related("institution").prefetch_related("expertise").defer("password", "bio")


def bookmarks_of(member):
    """What a member kept and may still read, as bookmarks."""
    readable = Contribution.objects.visible_to(member).values("pk")
    return Bookmark.objects.filter(member=member, contribution__in=readable)


def cards_in_order(keys):
    """The cards of these contributions, in the order of the keys. Whoever calls has asked who may see them."""
    found = Contribution.objects.for_cards().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def drafts_of(member):
    """What a member wrote and hasn't posted, with where it stands."""
    return _with_places(Contribution.objects.drafts_of(member))


def scheduled_by(member):
    """What a member wrote and what waits for its moment."""
    return _with_places(Contribution.objects.scheduled_by(member))[:MOST_WAITING]


def thrown_away_by(member):
    """Drafts that a member deleted and can still bring back, the last ones."""
    since = timezone.now() - timedelta(days=KEPT_FOR)
    return _with_places(Contribution.objects.thrown_away_by(member, since))[:MOST_WAITING]


def _with_places(contributions):
    return contributions.select_related("space", "root__space").defer("body", "root__body", "root__body_text")


def groups_suggested_to(member):
    """A few lively groups that the member may join at once, first those where people close to the member are."""
    close = Case(When(pk__in=_spaces_close_to(member), then=1), default=0)
    return (
        Group.objects.visible_to(member)
        .open_to(member)
        .for_cards(member)
        .order_by(close.desc(), "-member_count", "-pk")[:MOST_SUGGESTED]
    )


def groups_close_to(member):
    """A few groups open to the member in which people of the same institution or with the same expertise are."""
    return Group.objects.filter(pk__in=_spaces_close_to(member)).order_by("-member_count", "-pk")


def _spaces_close_to(member):
    """Keys of the open groups in which most of these people are."""
    ties = (
        Membership.objects.active()
        .filter(Q(member__in=_peers(member)) | Q(member__in=_colleagues(member)))
        .filter(space__kind=Space.Kind.GROUP)
        .filter(space__in=Group.objects.visible_to(member).open_to(member).values("pk"))
    )
    closest = ties.values("space").annotate(people=Count("member")).order_by("-people", "-space")
    return closest.values("space")[:MOST_SUGGESTED]


def people_close_to(member):
    """A few members who know about what the member knows about, and whom the member doesn't follow yet.

    The first shares most; `shared` says how many subjects.
    """
    followed = Follow.objects.filter(follower=member, followed=OuterRef("pk"))
    return (
        Member.objects.visible_to(member)
        .exclude(pk=member.pk)
        .filter(expertise_items__in=_shared_expertise(member).values("pk")[:MOST_LOOKED_AT])
        .annotate(shared=Count("expertise_items"))
        .filter(~Exists(followed))
        .select_related("institution")
        .defer("password", "bio")
        .order_by("-shared", "-pk")[:MOST_SUGGESTED]
    )


def _shared_expertise(member):
    mine = Expertise.objects.filter(content_object=member).values("tag")
    return Expertise.objects.filter(tag__in=mine).exclude(content_object=member).order_by("-pk")


def _peers(member):
    return _shared_expertise(member).values("content_object")[:MOST_LOOKED_AT]


def _colleagues(member):
    """Members of the same institution, the newest, as keys."""
    same = Member.objects.filter(institution=member.institution_id, status=Member.Status.ACTIVE)
    return same.exclude(pk=member.pk).order_by("-pk").values("pk")[:MOST_LOOKED_AT]


def group_memberships_of(member):
    """The member's groups with what they are told of each."""
    return list(
        Membership.objects.active()
        .filter(member=member, space__kind=Space.Kind.GROUP)
        .select_related("space")
        .order_by("space__title", "pk")[:MOST_GROUPS]
    )


def mail_refused_by(member):
    """Codes of the kinds of which the member wants no messages."""
    refused = NotificationPreference.objects.filter(member=member, mail=False)
    return set(refused.values_list("kind", flat=True))


def _or_none(member):
    return member.pk if member.is_authenticated else None
