"""What stands around every page of a member: a bounded reading, whatever they belong to."""

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from network.notifications.models import Notification

# The bell says "99+".
MOST_UNREAD = 100
GROUPS_SHOWN = 8
TAGS_SHOWN = 12

# A group's unread topics are sought among its hundred most recently active ones since one joined.
_RAIL = """
with mine as (
    select s.id, s.slug, s.title, s.last_activity_at, m.joined_at
    from conversation_membership m join conversation_space s on s.id = m.space_id
    where m.member_id = %(member)s and m.state = 'active' and s.kind = 'group'
    order by s.last_activity_at desc, s.id desc
    limit %(groups)s
), followed as (
    select t.slug, coalesce(nullif(t.label_{language}, ''), t.name) as title
    from tags_tagfollow f join tags_tag t on t.id = f.tag_id
    where f.member_id = %(member)s and t.merged_into_id is null
    order by title
    limit %(tags)s
)
select 'group', slug, title, (
    select count(*) from (
        select t.root_id, t.last_number from conversation_threadstate t
        where t.space_id = mine.id and t.last_activity_at > mine.joined_at
        order by t.last_activity_at desc, t.root_id desc
        limit %(unread)s
    ) recent
    join conversation_contribution c on c.id = recent.root_id and c.moderation = 'clear' and c.audience <> 'group'
    left join conversation_readingposition r on r.root_id = recent.root_id and r.member_id = %(member)s
    where r.number is null or r.number < recent.last_number
)
from mine
union all
select 'tag', slug, title, 0 from followed
"""


@dataclass(frozen=True)
class Link:
    """A group or a tag in the rail."""

    title: str
    get_absolute_url: str
    unread: int = 0

    @property
    def name(self):
        return self.title


class Surroundings:
    """A member's groups, tags and unread notifications: read when first asked for, in two queries."""

    def __init__(self, member):
        self.member = member

    def unread_notifications(self):
        """How many notifications the member hasn't read, counted up to a hundred."""
        return Notification.objects.visible_to(self.member).unread()[:MOST_UNREAD].count()

    def my_groups(self):
        """The member's most recently active groups, with the number of topics unread in each."""
        return [link for kind, link in self._rail() if kind == "group"]

    def my_tags(self):
        """The tags that the member follows."""
        return [link for kind, link in self._rail() if kind == "tag"]

    def _rail(self):
        if "_rows" not in self.__dict__:
            language = get_language() or "en"
            with connection.cursor() as cursor:
                cursor.execute(
                    _RAIL.format(language=language[:2] if language[:2] in ("fr", "nl", "en") else "en"),
                    {
                        "member": self.member.pk,
                        "groups": GROUPS_SHOWN,
                        "tags": TAGS_SHOWN,
                        "unread": MOST_UNREAD,
                    },
                )
                self._rows = [
                    (kind, Link(title, _address(kind, slug), unread))
                    for kind, slug, title, unread in cursor.fetchall()
                ]
        return self._rows


def _address(kind, slug):
    return reverse("groups:group" if kind == "group" else "tags:detail", args=[slug])
