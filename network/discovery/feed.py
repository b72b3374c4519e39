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
# Where a page leaves out what one doesn't read, so many times as much is looked at to fill it.
DEEPER = 3
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
select once.id, once.released_at, once.via, once.through,
    c.language = any(%(languages)s) or c.author_id = %(member)s
from once join conversation_contribution c on c.id = once.id
order by once.released_at desc, once.id desc limit %(size)s
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


def feed_of(member, cursor="", languages=()):
    """The page of the member's feed beyond the cursor, newest first, in these languages (none: in all).

    Who follows nothing yet gets the newest of all that they may read.
    """
    start = _parse(cursor)
    if cursor.startswith(_OPEN):
        return _open_feed(member, cursor.removeprefix(_OPEN), languages)
    rows, first = _candidates(member, start, languages), start is None
    if first and not rows:
        return _open_feed(member, "", languages)
    for _look in range(MOST_LOOKS):
        chosen, last = _cut(rows, languages)
        entries = _entries(member, chosen)
        if entries or last is None:
            break
        rows = _candidates(member, last, languages)
    further = f"{last[0].isoformat()}~{last[1]}" if last else ""
    return Feed(entries, further, first)


def _cut(rows, languages):
    """The rows of one page, and the moment and key of the last one looked at where others follow, or None.

    Where some are left out for their language, the page is filled from further down, as far as was looked.
    """
    looked_at = rows[: _looked_at(languages)]
    chosen = [row for row in looked_at if not languages or row[4]][:SIZE]
    last = chosen[-1] if len(chosen) == SIZE else looked_at[-1] if looked_at else None
    if last is None or last is rows[-1]:
        return chosen, None
    return chosen, (last[1], last[0])


def _looked_at(languages):
    return SIZE * DEEPER if languages else SIZE


def _open_feed(member, cursor, languages):
    found = Contribution.objects.visible_to(member).roots().released().in_languages(languages, member)
    piece = newest_first(found.for_cards(), cursor, size=SIZE)
    further = f"{_OPEN}{piece.further}" if piece.further else ""
    return Feed([Entry(found) for found in piece], further, piece.first, follows_nothing=True)


def _parse(cursor):
    when, _, key = cursor.rpartition("~")
    try:
        when = parse_datetime(when.replace(" ", "+"))
        return (when, int(key)) if when and when.tzinfo else None
    except ValueError:
        return None


def _candidates(member, start, languages):
    before, key = start or (timezone.now() + timedelta(days=1), 0)
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "member": member.pk,
                "before": before,
                "key": key,
                "size": _looked_at(languages) + 1,
                "languages": list(languages),
            },
        )
        return cursor.fetchall()


def _entries(member, rows):
    """The cards of these candidates that the member may see, one a thread, in order."""
    found = (
        Contribution.objects.filter(pk__in=[row[0] for row in rows]).visible_to(member).for_cards().in_bulk()
    )
    entries, threads = [], {}
    for key, _released, via, through, _fits in rows:
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
