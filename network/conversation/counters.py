"""What each counter should say, written in SQL apart from the code that moves them."""

from dataclasses import dataclass

from django.db import connection, transaction

COUNTS = "c.released_at is not null and c.moderation = 'clear'"


@dataclass(frozen=True)
class Counter:
    """A column, and the query (key, value) of what it should hold for each key that isn't zero."""

    table: str
    key: str
    column: str
    truth: str

    def wrong(self):
        return (
            f"select t.{self.key} as key, coalesce(truth.value, 0) as value from {self.table} t "  # noqa: S608
            f"left join ({self.truth}) truth on truth.key = t.{self.key} "
            f"where t.{self.column} is distinct from coalesce(truth.value, 0)"
        )


COUNTERS = {
    "members of spaces": Counter(
        "conversation_space",
        "id",
        "member_count",
        "select space_id as key, count(*) as value from conversation_membership "
        "where state = 'active' and role <> 'follower' group by space_id",
    ),
    "topics and posts of spaces": Counter(
        "conversation_space",
        "id",
        "root_count",
        "select c.space_id as key, count(*) as value from conversation_contribution c "  # noqa: S608
        f"where c.root_id is null and {COUNTS} group by c.space_id",
    ),
    "replies in spaces": Counter(
        "conversation_space",
        "id",
        "reply_count",
        "select c.space_id as key, count(*) as value from conversation_contribution c "  # noqa: S608
        f"where c.root_id is not null and {COUNTS} group by c.space_id",
    ),
    "replies of threads": Counter(
        "conversation_threadstate",
        "root_id",
        "reply_count",
        "select c.root_id as key, count(*) as value from conversation_contribution c "  # noqa: S608
        f"where c.root_id is not null and {COUNTS} group by c.root_id",
    ),
    "last numbers of threads": Counter(
        "conversation_threadstate",
        "root_id",
        "last_number",
        "select root_id as key, max(number) as value from conversation_contribution "
        "where root_id is not null group by root_id",
    ),
    "contributions of members": Counter(
        "members_member",
        "id",
        "contribution_count",
        "select c.author_id as key, count(*) as value from conversation_contribution c "  # noqa: S608
        f"where {COUNTS} group by c.author_id",
    ),
    "followers of members": Counter(
        "members_member",
        "id",
        "follower_count",
        "select followed_id as key, count(*) as value from conversation_follow group by followed_id",
    ),
    "reactions": Counter(
        "conversation_contribution",
        "id",
        "reaction_count",
        "select contribution_id as key, count(*) as value from conversation_reaction group by contribution_id",
    ),
    "uses of tags": Counter(
        "tags_tag",
        "id",
        "use_count",
        "select tagged.tag_id as key, count(*) as value from conversation_taggedcontribution tagged "  # noqa: S608
        "join conversation_contribution c on c.id = tagged.content_object_id "
        "join conversation_space s on s.id = c.space_id and s.visibility in ('public', 'network') "
        f"where {COUNTS} and c.audience <> 'group' "
        "group by tagged.tag_id",
    ),
}


def drifted():
    """How many rows of each counter are wrong, by the counter's name."""
    with connection.cursor() as cursor:
        return {name: _count(cursor, counter) for name, counter in COUNTERS.items()}


def _count(cursor, counter):
    cursor.execute(f"select count(*) from ({counter.wrong()}) wrong")  # noqa: S608
    return cursor.fetchone()[0]


@transaction.atomic
def rebuild():
    """Set every counter right; returns how many rows were wrong, by the counter's name."""
    mended = {}
    with connection.cursor() as cursor:
        for name, counter in COUNTERS.items():
            cursor.execute(
                f"update {counter.table} t set {counter.column} = wrong.value "  # noqa: S608
                f"from ({counter.wrong()}) wrong where t.{counter.key} = wrong.key"
            )
            mended[name] = cursor.rowcount
    return mended
