"""Who sees what, as queries. `permissions` says the same of one object, on its own account."""

import re

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Left, Lower
from django.db.models.lookups import StartsWith

from network.core.sql import Condition, Unaccent
from network.members.models import Member

OPEN = ("public", "network")
# How much of a text a card shows, in characters; a little more than is shown, to cut at a word.
OPENING = 260
_CONTRIBUTION_PATH = re.compile(r"/(?:contributions|groups/[\w-]+/topics)/(?P<pk>[0-9]{1,18})/")
_POST_PATH = re.compile(r"/blogs/(?P<blog>[\w-]+)/(?P<slug>[\w-]+)/")


def _taking_part(member):
    return member is not None and member.is_authenticated and member.is_verified


def spaces_of(member):
    """Primary keys of the spaces that the member belongs to, followers of blogs not included."""
    from .models import Membership

    return Membership.objects.filter(member=member, state="active").exclude(role="follower").values("space")


# The rules below in SQL, over the columns of a space or of a contribution; `%s` is the member.
_MINE = """(select tie.space_id from conversation_membership tie
    where tie.member_id = %s and tie.state = 'active' and tie.role <> 'follower')"""
_LISTED = "({kind} = 'group' and {visibility} in ('public', 'network', 'private')"
_LISTED_TO_ALL = f"{_LISTED} or {{kind}} = 'blog' and {{visibility}} = 'public')"
_LISTED_TO_MEMBERS = f"""{_LISTED} or {{kind}} = 'blog' and {{visibility}} in ('public', 'network')
    or {{space}} in (select tie.space_id from conversation_membership tie
        where tie.member_id = %s and tie.state in ('active', 'invited')))"""  # noqa: S608 - made of constants
_READABLE = f"({{visibility}} in ('public', 'network') or {{space}} in {_MINE})"
_SHOWN = """({released_at} is not null and {moderation} = 'clear'
    and ({root} is null or {root_released_at} is not null and {root_moderation} = 'clear'))"""
_OPEN_PLACE = "({visibility} = 'public' and {audience} = '')"
_OWN_PLACE = f"({_READABLE} and ({{audience}} in ('', 'network') or {{audience_space}} in {_MINE}))"
_OWN = "({author} = %s and {deleted_at} is null)"
_SPACE = {"visibility": "visibility", "space": "pk"}
_CONTRIBUTION = {
    "released_at": "released_at",
    "moderation": "moderation",
    "root": "root_id",
    "root_released_at": "root__released_at",
    "root_moderation": "root__moderation",
    "visibility": "space__visibility",
    "space": "space_id",
    "audience": "audience",
    "audience_space": "audience_space_id",
    "author": "author_id",
    "deleted_at": "deleted_at",
}


_CONTRIBUTION_TO_ALL = f"({_OPEN_PLACE} and {_SHOWN})"
_CONTRIBUTION_TO_PENDING = f"({_OPEN_PLACE} and ({_SHOWN} or {_OWN}) or {_OWN} and {{released_at}} is null)"
_CONTRIBUTION_TO_MEMBERS = f"({_OWN_PLACE} and ({_SHOWN} or {_OWN}) or {_OWN} and {{released_at}} is null)"


class SpaceQuerySet(models.QuerySet):
    def groups(self):
        return self.filter(kind="group")

    def blogs(self):
        return self.filter(kind="blog")

    def visible_to(self, member):
        """Spaces whose card the member may see.

        A group is listed for everybody unless it is hidden; a blog for whoever may read it. A hidden
        group's card shows to its members and to whom it invited.
        """
        words = _LISTED_TO_MEMBERS if _taking_part(member) else _LISTED_TO_ALL
        return self.filter(Condition(words, member and member.pk, kind="kind", **_SPACE))

    def readable_by(self, member):
        """Spaces in which the member may read what is said."""
        if not _taking_part(member):
            return self.filter(visibility="public")
        return self.filter(Condition(_READABLE, member.pk, **_SPACE))

    def followed_by(self, member):
        """Spaces the member belongs to or follows, the most recently active first."""
        return self.filter(memberships__member=member, memberships__state="active").order_by(
            "-last_activity_at", "-pk"
        )

    def matching(self, text):
        """Spaces whose title holds all these words, with or without accents."""
        queryset = self.alias(words=Unaccent(Lower("title")))
        for word in text.split()[:5]:
            queryset = queryset.filter(words__contains=Unaccent(Lower(Value(word))))
        return queryset


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state="active")

    def owning(self):
        """Those of owners who can still act for their space: neither gone nor excluded."""
        return self.active().filter(role="owner", member__is_active=True, member__excluded_at=None)

    def visible_to(self, member):
        """Who belongs to a group is known to whoever reads it, and to verified members only."""
        from .models import Space

        if not _taking_part(member):
            return self.none()
        return self.filter(Q(space__in=Space.objects.readable_by(member).values("pk")) | Q(member=member))


class ContributionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """What the member may read: it follows from space, audience, release and moderation alone.

        An author sees their own words wherever they still read the place, and their unreleased ones
        everywhere. Site roles open nothing here: moderators read closed groups through a case.
        """
        if member is None or not member.is_authenticated:
            return self.filter(Condition(_CONTRIBUTION_TO_ALL, **_CONTRIBUTION))
        words = _CONTRIBUTION_TO_MEMBERS if _taking_part(member) else _CONTRIBUTION_TO_PENDING
        return self.filter(Condition(words, member.pk, **_CONTRIBUTION))

    def released(self):
        """Out, and not taken down: what counts and what is listed."""
        return self.filter(released_at__isnull=False, moderation="clear")

    def in_languages(self, codes, member):
        """Written in one of these languages, or by the member; no code stands for every language."""
        if not codes:
            return self
        own = Q(author=member) if member.is_authenticated else Q()
        return self.filter(Q(language__in=codes) | own)

    def roots(self):
        """Topics and posts."""
        return self.filter(root=None)

    def drafts_of(self, member):
        """What the member wrote and hasn't posted, the newest first."""
        return self.filter(author=member, published_at=None, deleted_at=None).order_by("-created_at", "-pk")

    def thrown_away_by(self, member, since):
        """Drafts that the member deleted since that moment, the last one first."""
        return self.filter(author=member, deleted_at__gt=since).order_by("-deleted_at", "-pk")

    def thrown_away_before(self, moment):
        """Drafts that were deleted until then, and whose words are still kept."""
        return self.filter(deleted_at__lte=moment).exclude(title="", body="")

    def scheduled_by(self, member):
        """What the member has written and what waits for its moment, the next one first."""
        return self.filter(author=member, published_at__isnull=False, released_at=None).order_by(
            "published_at", "pk"
        )

    def in_thread(self, root):
        """The replies to a topic or post."""
        return self.filter(root=root)

    def numbered(self, root, number):
        """The released reply of that number in the thread, or none."""
        return self.released().filter(root=root, number=number).first() if number else None

    def standing_in_groups(self, member):
        """Topics and replies in groups that the member may read, with what their addresses need."""
        return (
            self.filter(space__kind="group", released_at__isnull=False)
            .visible_to(member)
            .select_related("space", "root__space")
        )

    def due(self, now):
        """What was posted, whose moment has come, and which is not released yet."""
        return self.filter(released_at=None, published_at__lte=now).exclude(
            moderation__in=["removed", "awaiting"]
        )

    def for_cards(self):
        """With what a card shows and no more: bodies stay in the database but for their opening."""
        return (
            self.annotate(
                opening=Left("body_text", OPENING),
                topic_type=F("topic__type"),
                answered_by=F("topic__accepted_reply"),
            )
            .select_related(
                "author__institution", "space", "institution", "root", "thread", "audience_space", "cover"
            )
            .defer("body", "body_text", "root__body", "root__body_text", "author__password", "author__bio")
            .prefetch_related("tags")
        )

    def unread_state_for(self, member):
        """Annotates `read_number`: the highest reply that the member has read of each root, or null."""
        from .models import ReadingPosition

        position = ReadingPosition.objects.filter(member=member, root=OuterRef("pk"))
        return self.annotate(read_number=Subquery(position.values("number")[:1]))


def mentionable(member, space, text):
    """At most six members whom the text names, and who read the space; those whose handle begins with it first."""
    found = Member.objects.visible_to(member).filter(status="active")
    if space.visibility not in OPEN:
        found = found.filter(memberships__space=space, memberships__state="active")
    named = Member.objects.matching(text).values("pk")
    begins = StartsWith(F("handle"), text.lower())
    found = found.filter(Q(handle__startswith=text.lower()) | Q(pk__in=named))
    return found.exclude(pk=member.pk).select_related("institution").order_by(begins.desc(), "name", "pk")[:6]


def news_of_week(member, since):
    """Topics with something new since that moment in the groups of which the member wants a digest; at most thirty."""
    from .models import Contribution, Membership

    wanted = Membership.objects.active().filter(member=member, level=Membership.Level.DIGEST).values("space")
    return list(
        Contribution.objects.filter(
            kind="topic", thread__space__in=wanted, thread__last_activity_at__gt=since
        )
        .visible_to(member)
        .released()
        .select_related("space", "thread")
        .order_by("-thread__reply_count", "-thread__last_activity_at")[:30]
    )


def wanting_digest(since):
    """Members who asked for a digest of some group, may get it, and got none since that moment; oldest first."""
    from .models import Membership

    asked = Membership.objects.active().filter(level=Membership.Level.DIGEST).values("member")
    return (
        Member.objects.filter(pk__in=asked, status="active", is_active=True)
        .exclude(digest__sent_at__gte=since)
        .exclude(notification_preferences__kind="digest", notification_preferences__mail=False)
        .order_by("pk")
    )


def numbers_after(root, number, member):
    """Numbers of the replies by others that were released in the thread after that one; at most a hundred."""
    from .models import Contribution

    came = Contribution.objects.released().in_thread(root).filter(number__gt=number).exclude(author=member)
    return list(came.order_by("number").values_list("number", flat=True)[:100])


def linked_to(member, paths):
    """What addresses of the site lead to, as far as the member may read it; each with the paths `asked` for it."""
    from .models import Contribution

    keys, posts = {}, {}
    for path in paths:
        if match := _CONTRIBUTION_PATH.fullmatch(path):
            keys.setdefault(int(match["pk"]), []).append(path)
        elif match := _POST_PATH.fullmatch(path):
            posts.setdefault((match["blog"], match["slug"]), []).append(path)
    if not keys and not posts:
        return []
    wanted = Q(pk__in=keys)
    for blog, slug in posts:
        wanted |= Q(kind="post", space__slug=blog, slug=slug)
    found = (
        Contribution.objects.filter(wanted).visible_to(member).released().for_cards().prefetch_related(None)
    )
    rows = list(found)
    for row in rows:
        row.asked = keys.get(row.pk, []) + posts.get((row.space.slug, row.slug), [])
    return rows
