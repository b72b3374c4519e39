"""The pages that are measured, each with who asks for it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from network.conversation.models import Contribution, Membership, Space
from network.members.models import MODERATOR, Institution, Member
from network.tags.models import Tag

from .seeding.figures import READERS_PEOPLE, SHORT_TOPIC
from .seeding.words import vocabulary

PAGE = 20


@dataclass(frozen=True)
class Page:
    """An address, who asks for it (a member or None), and how many queries it may take."""

    name: str
    path: str
    member: Member | None
    most_queries: int = 12


def reader():
    """The member in thirty groups who follows fifty people: the first that was made."""
    return Member.objects.order_by("pk").first()


def pages():
    """What is measured in this database; raises LookupError where it wasn't seeded."""
    member = reader()
    if member is None or member.follows.count() < READERS_PEOPLE:
        raise LookupError("The database isn't seeded.")
    moderator = Member.objects.filter(groups__name=MODERATOR).order_by("pk").first()
    return [
        Page("home for visitors", "/fr/", None),
        Page("feed", "/feed/", member),
        Page("groups directory", "/groups/", member),
        *_conversations(member),
        Page("members directory", "/members/", member),
        Page("members by expertise and institution", f"/members/?{urlencode(_narrowed())}", member),
        Page("profile", _most_followed().get_absolute_url(), member),
        Page("common tag", Tag.objects.order_by("-use_count", "pk").first().get_absolute_url(), member),
        Page(
            "rare tag",
            Tag.objects.filter(use_count__gt=0).order_by("use_count", "pk").first().get_absolute_url(),
            member,
        ),
        *_searches(member),
        Page("suggestions", f"/tags/complete/?{urlencode({'q': 'serv'})}", member),
        Page("notifications", "/notifications/", member),
        Page("moderation queue", "/admin/moderation/cases/", moderator, most_queries=20),
    ]


def _conversations(member):
    group = Space.objects.groups().order_by("-member_count", "pk").first()
    roots = Contribution.objects.roots().select_related("space")
    long = roots.filter(kind="topic").order_by("-thread__last_number", "pk").first()
    last = long.thread.last_number
    short = _of_about(roots.filter(kind="topic"), SHORT_TOPIC)
    post = _of_about(roots.filter(kind="post"), SHORT_TOPIC)
    return [
        Page("largest group", group.get_absolute_url(), member),
        Page("topic of 30 replies", short.get_absolute_url(), member),
        Page("topic of 2,000, first", long.get_absolute_url(), member),
        Page("topic of 2,000, middle", f"{long.get_absolute_url()}?from={last // 2}", member),
        Page("topic of 2,000, last", f"{long.get_absolute_url()}?from={max(1, last - PAGE)}", member),
        Page("post with 30 comments", post.get_absolute_url(), member),
    ]


def _of_about(roots, replies):
    """The topic or post of that many replies in a place that is open, or the one that comes nearest below."""
    open_ones = roots.filter(space__visibility__in=["public", "network"], moderation="clear")
    return open_ones.filter(thread__reply_count__lte=replies).order_by("-thread__reply_count", "pk").first()


def _narrowed():
    institution = Institution.objects.annotate(people=Count("members")).order_by("-people", "pk").first()
    return {"institution": institution.pk, "expertise": Tag.objects.order_by("pk").first().name}


def _most_followed():
    return Member.objects.order_by("-contribution_count", "pk").first()


def _searches(member):
    words = vocabulary("fr")
    common, rare = words[40], words[len(words) // 2]
    accented = next(word for word in words[200:] if any(letter in word for letter in "éèê") and len(word) > 6)
    plain = accented.translate(str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc"))
    asked = {
        "rare word": rare,
        "common word": common,
        "two words": f"{words[150]} {words[300]}",
        "typo": f"{words[400][:3]}x{words[400][3:]}",
        "accents missing": plain,
        "no hit": "zzyzxqw",
    }
    return [
        Page(f"search, {name}", f"/search/?{urlencode({'q': text})}", member) for name, text in asked.items()
    ]


def a_group_of(member):
    """Key of a group of the member, for the bare stack's query."""
    return Membership.objects.filter(member=member).order_by("space").values_list("space", flat=True).first()
