"""Topics made one, and one made two. Each undoes the other."""

from django.db import connection, transaction
from django.db.models import F, Max
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversation.models import (
    Contribution,
    ReadingPosition,
    Space,
    TaggedContribution,
    ThreadState,
)
from network.core.answers import require
from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.actions import notify
from network.tags.models import Tag

from ..models import Topic
from ..permissions import can_order_topic
from ..querysets import authors_in
from .order import locked_topic, put_on_record

_CONTRIBUTIONS = Contribution._meta.db_table
# The opening becomes the first of the replies that follow; those that answered no reply answer it.
_JOIN = f"""
update {_CONTRIBUTIONS} c
set root_id = %(into)s, kind = 'reply', number = %(last)s + placed.place, pinned = false, locked = false,
    parent_id = case when c.id = %(topic)s then null else coalesce(c.parent_id, %(topic)s) end
from (
    select id, row_number() over (order by released_at, id) as place from {_CONTRIBUTIONS}
    where (root_id = %(topic)s or id = %(topic)s) and released_at is not null
) placed
where placed.id = c.id
"""  # noqa: S608
_KNOWN_BY = f"""
insert into {ReadingPosition._meta.db_table} (member_id, root_id, number, read_at)
select member_id, %(new)s, %(last)s, %(now)s from {ReadingPosition._meta.db_table}
where root_id = %(old)s and number >= %(seen)s
"""  # noqa: S608


@transaction.atomic
def merge_topics(topic, *, actor, into):
    """Make a topic and its replies replies of another topic of the same group; returns the opening, now a reply.

    They keep their words and their order, and get new numbers after those that are there.
    """
    if topic.pk == into.pk:
        raise Refused(_("Choose another topic than this one."))
    first, second = sorted((topic, into), key=lambda each: each.pk)
    found = {each.pk: locked_topic(each, actor) for each in (first, second)}
    key, topic, into = topic.pk, found[topic.pk], found[into.pk]
    require(can_order_topic(actor, topic))
    require(can_order_topic(actor, into))
    if topic.space_id != into.space_id or topic.audience or into.audience:
        raise Refused(_("Only topics of one group, with the same readers, can be made one."))
    speakers = list(Member.objects.filter(pk__in=authors_in(topic)))
    counted = Contribution.objects.in_thread(topic).released().count() + 1
    _let_go_of_tags(topic)
    gone = ThreadState.objects.select_for_update().get(root=topic.pk)
    thread = ThreadState.objects.select_for_update().get(root=into.pk)
    gone.delete()
    ReadingPosition.objects.filter(root=topic.pk).delete()
    topic.delete(keep_parents=True)
    with connection.cursor() as cursor:
        cursor.execute(_JOIN, {"topic": key, "into": into.pk, "last": thread.last_number})
    Contribution.objects.filter(root=key).update(root=into.pk)
    thread.last_number = Contribution.objects.in_thread(into).aggregate(last=Max("number"))["last"]
    thread.reply_count += counted
    if gone.last_activity_at > thread.last_activity_at:
        thread.last_activity_at, thread.last_author_id = gone.last_activity_at, gone.last_author_id
    thread.save()
    Space.objects.filter(pk=into.space_id).update(
        root_count=F("root_count") - 1, reply_count=F("reply_count") + 1
    )
    put_on_record(actor, "merge_topics", into, merged=key)
    notify(speakers, "moved", actor=actor, contribution=into.contribution_ptr)
    return Contribution.objects.select_related("root", "space").get(pk=key)


def _let_go_of_tags(topic):
    tagged = TaggedContribution.objects.filter(content_object=topic.pk)
    if not topic.space.is_closed:
        Tag.objects.filter(pk__in=list(tagged.values_list("tag", flat=True))).update(
            use_count=F("use_count") - 1
        )
    tagged.delete()


@transaction.atomic
def split_topic(topic, *, actor, numbers, title):
    """Make a topic of its own out of some replies; returns it. The first of them opens it.

    `numbers` are those that the replies have here; what stays keeps its numbers.
    """
    topic = locked_topic(topic, actor)
    require(can_order_topic(actor, topic))
    if topic.audience:
        raise Refused(_("This topic was meant for fewer people than its group: it stays as it is."))
    thread = ThreadState.objects.select_for_update().get(root=topic.pk)
    moved = list(
        Contribution.objects.in_thread(topic)
        .released()
        .filter(number__in=numbers)
        .select_related("author")
        .order_by("number")
    )
    if not moved:
        raise Refused(_("Choose at least one reply."))
    keys = [reply.pk for reply in moved]
    last_seen = moved[-1].number
    opening = _open(moved[0], title)
    _follow(opening, moved[1:], keys)
    newest = moved[-1]
    ThreadState.objects.create(
        root=opening.contribution_ptr,
        space_id=topic.space_id,
        reply_count=len(moved) - 1,
        last_number=len(moved) - 1,
        last_activity_at=newest.released_at,
        last_author=newest.author,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN_BY,
            {
                "new": opening.pk,
                "old": topic.pk,
                "last": len(moved) - 1,
                "seen": last_seen,
                "now": timezone.now(),
            },
        )
    _shrink(topic, thread, moved, keys)
    put_on_record(actor, "split_topic", topic, split=opening.pk)
    notify(
        list({reply.author_id: reply.author for reply in moved}.values()),
        "moved",
        actor=actor,
        contribution=opening.contribution_ptr,
    )
    return opening


def _open(reply, title):
    """The reply as a topic: the row that it has becomes the base of one."""
    Contribution.objects.filter(pk=reply.pk).update(
        kind=Contribution.Kind.TOPIC, root=None, parent=None, number=None, title=title
    )
    topic = Topic(contribution_ptr_id=reply.pk)
    topic.save_base(raw=True, force_insert=True)
    return Topic.objects.select_related("space", "contribution_ptr__space").get(pk=reply.pk)


def _follow(opening, replies, keys):
    for place, reply in enumerate(replies, start=1):
        reply.root_id, reply.number = opening.pk, place
        if reply.parent_id not in keys[1:]:
            reply.parent_id = None
    Contribution.objects.bulk_update(replies, ["root", "number", "parent"], batch_size=200)


def _shrink(topic, thread, moved, keys):
    """What the old thread counts without what left it; nobody has read further than it goes."""
    Contribution.objects.in_thread(topic).filter(parent__in=keys).update(parent=None)
    Topic.objects.filter(pk=topic.pk, accepted_reply__in=keys).update(accepted_reply=None)
    thread.reply_count -= len(moved)
    thread.last_number = Contribution.objects.in_thread(topic).aggregate(last=Max("number"))["last"] or 0
    thread.save()
    ReadingPosition.objects.filter(root=topic.pk).update(number=Least("number", thread.last_number))
    Space.objects.filter(pk=topic.space_id).update(
        root_count=F("root_count") + 1, reply_count=F("reply_count") - 1
    )
