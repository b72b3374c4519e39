"""Groups and blogs with their members, and everything that is said in them."""

from django.utils.text import slugify

from blogs.models import Blog, Post
from groups.models import Group, Topic
from network.conversation.models import (
    Contribution,
    Membership,
    Space,
    TaggedContribution,
    TaggedSpace,
    ThreadState,
)

from .copying import copy
from .figures import BEGINNING, END

# Mean lengths in characters, and how much they vary (the sigma of a lognormal law).
LENGTHS = {"post": 2_300, "topic": 900, "reply": 380}
SPREAD = 0.6
MEAN_OF_LAW = 1.197  # of a lognormal law with that sigma and median 1
OFFICIAL_EACH, QUESTION_EACH = 40, 3


def seed_places(plan, writer):
    """Groups and blogs, with their counters as planned."""
    chance = plan.chance("places")
    places = [*plan.groups, *plan.blogs]
    columns = ["id", "kind", "slug", "title", "description", "visibility", "languages", "created_at"]
    columns += ["member_count", "root_count", "reply_count", "last_activity_at"]

    def rows():
        for place in places:
            title = " ".join(writer.words(place.language, chance.randint(2, 4))).capitalize()
            yield (
                *(place.key, place.kind, f"{place.kind}-{place.rank}", title[:120]),
                *(writer.text(place.language, 200)[1][:1000], place.visibility, [place.language], BEGINNING),
                *(len(place.people), place.roots_counted, place.replies_counted, place.last_activity),
            )

    copy(Space, columns, rows())
    copy(
        Group,
        ["space_ptr_id", "join_policy", "theme_id", "official"],
        (
            (
                place.key,
                {"private": "request", "hidden": "invitation"}.get(place.visibility, "open"),
                min(place.tags),
                place.rank % OFFICIAL_EACH == 0,
            )
            for place in plan.groups
        ),
    )
    copy(Blog, ["space_ptr_id", "owner_id"], ((place.key, place.people[0]) for place in plan.blogs))
    copy(
        TaggedSpace,
        ["content_object_id", "tag_id"],
        ((place.key, tag) for place in places for tag in sorted(place.tags)),
    )
    _seed_memberships(chance, places)


def _seed_memberships(chance, places):
    def rows():
        for place in places:
            for position, member in enumerate(place.people):
                role = "owner" if position == 0 else "facilitator" if position < 3 else "member"
                level = "everything" if position % 10 == 5 else "mentions"
                yield (
                    member,
                    place.key,
                    role,
                    "active",
                    level,
                    BEGINNING + (END - BEGINNING) * chance.random(),
                )
            for member in place.followers:
                yield member, place.key, "follower", "active", "mentions", END

    copy(Membership, ["member_id", "space_id", "role", "state", "level", "joined_at"], rows())


def seed_contributions(plan, writer):
    """Topics, posts and replies with their words, numbers, tags and the state of their threads."""
    chance = plan.chance("texts")
    columns = ["id", "kind", "space_id", "space_kind", "author_id", "root_id", "parent_id", "number", "slug"]
    columns += ["title", "summary", "body", "body_text", "language", "audience", "moderation", "label"]
    columns += ["locked", "reaction_count", "created_at", "published_at", "released_at"]

    def rows():
        for said in plan.said:
            title = summary = slug = ""
            if said.root is None:
                title = writer.title(said.language)
            if said.kind == "post":
                summary = " ".join(writer.words(said.language, 18)).capitalize()[:300]
                slug = f"{slugify(title)[:90]}-{said.key}"
            length = LENGTHS[said.kind] * chance.lognormvariate(0, SPREAD) / MEAN_OF_LAW
            yield (
                *(said.key, said.kind, said.place.key, said.place.kind, said.author),
                *(said.root and said.root.key, said.parent and said.parent.key, said.number, slug),
                *(title, summary, *writer.text(said.language, length), said.language, said.audience),
                *(said.moderation, "Ces chiffres sont contestés." if said.measure == "label" else ""),
                *(said.measure == "lock", said.reactions, said.at, said.at, said.at),
            )

    copy(Contribution, columns, rows())
    roots = [said for said in plan.said if said.root is None]
    copy(
        Topic,
        ["contribution_ptr_id", "type"],
        (
            (said.key, "question" if index % QUESTION_EACH == 1 else "discussion")
            for index, said in enumerate(roots)
            if said.kind == "topic"
        ),
    )
    copy(Post, ["contribution_ptr_id"], ((said.key,) for said in roots if said.kind == "post"))
    copy(
        TaggedContribution,
        ["content_object_id", "tag_id"],
        ((said.key, tag) for said in roots for tag in sorted(said.tags)),
    )
    copy(
        ThreadState,
        ["root_id", "space_id", "reply_count", "last_number", "last_activity_at", "last_author_id"],
        (_thread(root) for root in roots),
    )


def _thread(root):
    counted = sum(reply.counts for reply in root.replies)
    last = root.replies[-1] if root.replies else root
    return root.key, root.place.key, counted, len(root.replies), last.at, last.author
