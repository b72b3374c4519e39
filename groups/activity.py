"""How alive a group is, over the weeks: what those who keep order in it read. Asks about the group alone."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import ngettext

from network.tags.models import Tag

# How many weeks one may look back, the usual first.
PERIODS = (12, 26, 52)
MOST_TAGS = 10

# What was said, by the week; and the members of today by the week in which they came, all who came before as one.
_WEEKS = """
select 'said', (date_trunc('week', c.released_at at time zone %(zone)s))::date as week, count(distinct c.author_id),
    count(*) filter (where c.kind = 'topic'), count(*) filter (where c.kind = 'reply')
from conversation_contribution c
where c.space_id = %(space)s and c.released_at >= %(start)s and c.moderation = 'clear'
group by week
union all
select 'came', greatest((date_trunc('week', m.joined_at at time zone %(zone)s))::date, %(before)s) as week, count(*),
    0, 0
from conversation_membership m
where m.space_id = %(space)s and m.state = 'active'
group by week
"""
_ASKED = """
select count(*), count(first.at), count(t.accepted_reply_id),
    extract(epoch from percentile_cont(0.5) within group (order by first.at - c.released_at))
from conversation_contribution c
join groups_topic t on t.contribution_ptr_id = c.id and t.type = 'question'
left join lateral (
    select min(r.released_at) as at from conversation_contribution r
    where r.root_id = c.id and r.author_id <> c.author_id and r.released_at is not null and r.moderation = 'clear'
) first on true
where c.space_id = %(space)s and c.kind = 'topic' and c.released_at >= %(start)s and c.moderation = 'clear'
"""
# Who said something here for the first time, and who of them did again on another day.
_NEWCOMERS = """
select count(*), count(*) filter (where last >= first + interval '1 day')
from (
    select min(c.released_at) as first, max(c.released_at) as last from conversation_contribution c
    where c.space_id = %(space)s and c.released_at is not null and c.moderation = 'clear'
    group by c.author_id
) authors
where first >= %(start)s
"""


@dataclass
class Week:
    """What happened in a week that began on the Monday `start`; `members` are those at its end still in it."""

    start: date
    members: int = 0
    active: int = 0
    topics: int = 0
    replies: int = 0


@dataclass
class Activity:
    """The weeks of a period, the oldest first, and what was found over all of it."""

    weeks: list
    asked: int = 0
    answered: int = 0
    accepted: int = 0
    # Half of the first answers came faster; None where there is none.
    median: timedelta | None = None
    newcomers: int = 0
    came_back: int = 0
    tags: list = field(default_factory=list)

    @property
    def answered_share(self):
        """How many of a hundred questions somebody answered, or None where none was asked."""
        return round(100 * self.answered / self.asked) if self.asked else None

    @property
    def median_words(self):
        """Within how long half of the first answers came, rounded up; empty where there is none."""
        if self.median is None:
            return ""
        hours = max(1, -(-self.median // timedelta(hours=1)))
        if hours < 48:
            return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
        days = -(-hours // 24)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

    @property
    def came_back_share(self):
        """How many of a hundred newcomers said something again on another day, or None where there is none."""
        return round(100 * self.came_back / self.newcomers) if self.newcomers else None


def period(typed):
    """A number of weeks that may be looked at, from what stands in an address."""
    return next((weeks for weeks in PERIODS if str(weeks) == typed), PERIODS[0])


def activity_of(group, weeks):
    """The Activity of a group in the last `weeks` weeks, the current one included; in four queries."""
    today = timezone.localdate()
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    found = {
        first + timedelta(weeks=number): Week(first + timedelta(weeks=number)) for number in range(weeks)
    }
    start = timezone.make_aware(datetime.combine(first, time()))
    before = first - timedelta(weeks=1)
    values = {
        "space": group.pk,
        "start": start,
        "before": before,
        "zone": timezone.get_current_timezone_name(),
    }
    activity = Activity(list(found.values()))
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, values)
        came = {}
        for what, monday, number, topics, replies in cursor.fetchall():
            if what == "came":
                came[monday] = number
            else:
                week = found[monday]
                week.active, week.topics, week.replies = number, topics, replies
        cursor.execute(_ASKED, values)
        activity.asked, activity.answered, activity.accepted, seconds = cursor.fetchone()
        cursor.execute(_NEWCOMERS, values)
        activity.newcomers, activity.came_back = cursor.fetchone()
    members = came.get(before, 0)
    for week in activity.weeks:
        members += came.get(week.start, 0)
        week.members = members
    activity.median = timedelta(seconds=round(seconds)) if seconds is not None else None
    activity.tags = _tags(group, start)
    return activity


def _tags(group, start):
    """The tags used most under the topics of the period, each with `used`."""
    return list(
        Tag.objects.filter(
            tagged_contributions__content_object__space=group.pk,
            tagged_contributions__content_object__released_at__gte=start,
            tagged_contributions__content_object__moderation="clear",
        )
        .annotate(used=Count("tagged_contributions"))
        .order_by("-used", "name")[:MOST_TAGS]
    )
