"""A member's home: what is new in their groups, in the blogs they follow, from people and under tags they follow.

There is no table of feeds. The newest contributions can only lie in the most recently active of the spaces
that one follows, so those are taken first, then the newest of each; for people and tags, the newest of each.
What was found that way is a choice of candidates: `visible_to` has the last word on every one.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from network.conversation.models import Contribution
from network.core.paging import newest_first

SIZE = 20
# A page of the feed that holds nothing visible is gone beyond, so many times.
MOST_LOOKS = 5
# Coming back after so long is a new visit.
VISIT = timedelta(minutes=30)
_SEEN, _LOOKED, _BEFORE = "feed_seen", "feed_looked", "feed_before"
_OPEN = "open:"

_NEXT = """
    c.released_at is not null and c.moderation = 'clear' and (c.released_at, c.id) < (%(before)s, %(key)s)
"""
# Beyond the first page, every space active since the cursor may hold what follows; of the others, the most
# recently active ones are enough.
_CANDIDATES = f"""
with mine as materialized (
    select m.space_id, s.last_activity_at
    from conversation_membership m join conversation_space s on s.id = m.space_id
    where m.member_id = %(member)s and m.state = 'active'
), active as (
    select space_id from mine where last_activity_at >= %(before)s
    union all
    (select space_id from mine where last_activity_at < %(before)s
     order by last_activity_at desc, space_id desc limit %(size)s)
), found as (
    select c.id, c.released_at, 1 as via, null::bigint as through
    from active cross join lateral (
        select c.id, c.released_at from conversation_contribution c
        where c.space_id = active.space_id and {_NEXT}
        order by c.released_at desc, c.id desc limit %(size)s
    ) c
    union all
    select c.id, c.released_at, 2, f.followed_id
    from conversation_follow f cross join lateral (
        select c.id, c.released_at from conversation_contribution c
        join conversation_space s on s.id = c.space_id
        where c.author_id = f.followed_id and {_NEXT}
        and (s.visibility in ('public', 'network') or s.id in (select space_id from mine))
        order by c.released_at desc, c.id desc limit %(size)s
    ) c
    where f.follower_id = %(member)s
    union all
    select c.id, c.released_at, 3, f.tag_id
    from tags_tagfollow f cross join lateral (
        select c.id, c.released_at from conversation_taggedcontribution t
        join conversation_contribution c on c.id = t.content_object_id
        join conversation_space s on s.id = c.space_id
        where t.tag_id = f.tag_id and {_NEXT}
        and (s.visibility in ('public', 'network') or s.id in (select space_id from mine))
        order by t.content_object_id desc limit %(size)s
    ) c
    where f.member_id = %(member)s
), once as (
    select distinct on (id) id, released_at, via, through from found order by id, via, through
)
select id, released_at, via, through from once order by released_at desc, id desc limit %(size)s
"""  # noqa: S608 - made of constants
# How a candidate was found, in the column `via`: 1 is by its space, which every card shows.
_MEMBER, _TAG = 2, 3


@dataclass
class Entry:
    """One card of the feed: the newest contribution of a thread, and how many more replies of it are on this page."""

    contribution: Contribution
    more: int = 0
    # Why it stands here, where the space alone doesn't say: a member or a tag that is followed.
    followed_member: object = None
    followed_tag: object = None
    is_new: bool = False


@dataclass
class Feed:
    """One page of the feed. `follows_nothing` says that for want of sources it shows what is open to all."""

    entries: list = field(default_factory=list)
    further: str = ""
    first: bool = True
    follows_nothing: bool = False
    # Whether new ones stand above the first that the member knows.
    has_new: bool = False

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)

    def mark_new(self, since):
        """Mark what was released since the member last looked (a datetime, or None on a first visit)."""
        if since is None:
            return
        for entry in self.entries:
            entry.is_new = entry.contribution.released_at > since
        self.has_new = any(entry.is_new for entry in self.entries)


def feed_of(member, cursor=""):
    """The page of the member's feed beyond the cursor, newest first.

    Who follows nothing yet gets the newest of all that they may read.
    """
    start = _parse(cursor)
    if cursor.startswith(_OPEN):
        return _open_feed(member, cursor.removeprefix(_OPEN))
    rows, first = _candidates(member, start), start is None
    if first and not rows:
        return _open_feed(member, "")
    for _look in range(MOST_LOOKS):
        entries = _entries(member, rows[:SIZE])
        if entries or len(rows) <= SIZE:
            break
        rows = _candidates(member, (rows[SIZE - 1][1], rows[SIZE - 1][0]))
    further = f"{rows[SIZE - 1][1].isoformat()}~{rows[SIZE - 1][0]}" if len(rows) > SIZE else ""
    return Feed(entries, further, first)


def _open_feed(member, cursor):
    piece = newest_first(
        Contribution.objects.visible_to(member).roots().released().for_cards(), cursor, size=SIZE
    )
    further = f"{_OPEN}{piece.further}" if piece.further else ""
    return Feed([Entry(found) for found in piece], further, piece.first, follows_nothing=True)


def _parse(cursor):
    when, _, key = cursor.rpartition("~")
    try:
        when = parse_datetime(when.replace(" ", "+"))
        return (when, int(key)) if when and when.tzinfo else None
    except ValueError:
        return None


def _candidates(member, start):
    before, key = start or (timezone.now() + timedelta(days=1), 0)
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {"member": member.pk, "before": before, "key": key, "size": SIZE + 1})
        return cursor.fetchall()


def _entries(member, rows):
    """The cards of these candidates that the member may see, one a thread, in order."""
    found = (
        Contribution.objects.filter(pk__in=[row[0] for row in rows]).visible_to(member).for_cards().in_bulk()
    )
    entries, threads = [], {}
    for key, _released, via, through in rows:
        contribution = found.get(key)
        if contribution is None:
            continue
        thread = contribution.root_id or contribution.pk
        if thread in threads:
            # The topic or post that all this answers is no reply.
            threads[thread].more += bool(contribution.root_id)
            continue
        threads[thread] = entry = Entry(contribution)
        if via == _MEMBER:
            entry.followed_member = contribution.author
        elif via == _TAG:
            entry.followed_tag = next((tag for tag in contribution.tags.all() if tag.pk == through), None)
        entries.append(entry)
    return entries


def seen_before(session, feed):
    """Up to which moment the member had seen the feed when this visit began, or None.

    Kept in the session, which is written once a visit: a reload doesn't make what is new old.
    """
    now = timezone.now()
    looked = _moment(session.get(_LOOKED))
    if looked is None or now - looked > VISIT:
        session[_BEFORE] = session.get(_SEEN)
        session[_LOOKED] = now.isoformat()
        if feed.entries:
            session[_SEEN] = feed.entries[0].contribution.released_at.isoformat()
    return _moment(session.get(_BEFORE))


def _moment(text):
    return datetime.fromisoformat(text) if text else None
