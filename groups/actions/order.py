"""Order among the topics of a group: pinned, closed, moved. Merging and splitting stand apart."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversation.actions import (
    lock_contribution,
    pin_contribution,
    shows_in_tags,
)
from network.conversation.models import Contribution, Space, ThreadState
from network.conversation.permissions import forget_membership, who_reads
from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.actions import notify
from network.tags.models import Tag

from ..models import Group, Topic
from ..permissions import can_move_topic, can_order_topic
from ..querysets import authors_in, is_locked_by_decision


def put_on_record(actor, verb, topic, **data):
    """Who keeps order leaves a trace, in which nobody outside reads the titles of closed groups."""
    record(actor, verb, actor if topic.space.is_closed else topic, topic=topic.pk, **data)


def locked_topic(topic, actor, *others):
    """The topic as it is now, with the rows of its group and of other spaces under lock, then its own."""
    spaces = {topic.space_id, *(other.pk for other in others)}
    list(Space.objects.select_for_update().filter(pk__in=spaces).order_by("pk"))
    Contribution.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    fresh = Topic.objects.select_related("space", "author").get(pk=topic.pk)
    if fresh.space_id != topic.space_id:
        raise Refused(_("This topic was moved meanwhile."))
    for space in (fresh.space, *others):
        forget_membership(actor, space)
    return fresh


def pin_topic(topic, *, actor, pinned=True):
    """Keep a topic at the top of its group, or let it go; says whether that changed anything."""
    require(can_order_topic(actor, topic))
    return pin_contribution(topic.contribution_ptr, actor=actor, pinned=pinned)


@transaction.atomic
def lock_topic(topic, *, actor, locked=True):
    """Close a topic to replies, or open it again; says whether that changed anything.

    Refused where a decision of the moderators closed it.
    """
    require(can_order_topic(actor, topic))
    if not locked and is_locked_by_decision(topic):
        raise Refused(_("A decision of the moderators has closed this discussion."))
    return lock_contribution(topic.contribution_ptr, actor=actor, locked=locked)


def is_read_by_more(topic, group):
    """Would people read the topic in that group who don't where it stands?"""
    here = topic.space
    if here.visibility == Space.Visibility.PUBLIC:
        return False
    if here.is_closed:
        return True
    return group.visibility == Space.Visibility.PUBLIC


@transaction.atomic
def move_topic(topic, *, actor, to, widen=False):
    """Move a topic with its replies to another group; says whether that changed anything.

    Everybody who spoke in it is told. Refused where more people would read it and the actor didn't say
    `widen`, and where the words of a closed group would be read by others than those to whom they were said.
    """
    if topic.space_id == to.pk:
        return False
    fresh = locked_topic(topic, actor, to)
    to = Group.objects.get(pk=to.pk)
    require(can_move_topic(actor, fresh, to))
    speakers = list(Member.objects.filter(pk__in=authors_in(fresh)))
    if fresh.space.is_closed and not (to.is_closed and len(who_reads(speakers, to)) == len(speakers)):
        raise Refused(
            _(
                "What was said here was meant for the members of this group: it moves only to a closed group "
                "to which everybody belongs who spoke in it."
            )
        )
    if is_read_by_more(fresh, to) and not widen:
        raise Refused(_("More people will read this topic there: confirm that you want this."))
    left = fresh.space
    _carry(fresh, left, to)
    Topic.objects.filter(pk=fresh.pk).update(moved_from=left, moved_at=timezone.now())
    put_on_record(actor, "move_topic", fresh, left=left.pk, to=to.pk)
    moved = Contribution.objects.select_related("space").get(pk=fresh.pk)
    notify(speakers, "moved", actor=actor, contribution=moved)
    return True


def _carry(topic, left, to):
    """Move the rows and what counts them. The numbers of the replies stay."""
    replies = Contribution.objects.in_thread(topic)
    counted = replies.released().count()
    was_shown = shows_in_tags(topic)
    replies.update(space=to)
    Contribution.objects.filter(pk=topic.pk).update(space=to, pinned=False)
    ThreadState.objects.filter(root=topic.pk).update(space=to)
    Space.objects.filter(pk=left.pk).update(
        root_count=F("root_count") - 1, reply_count=F("reply_count") - counted
    )
    last = ThreadState.objects.filter(root=topic.pk).values_list("last_activity_at", flat=True).get()
    Space.objects.filter(pk=to.pk).update(
        root_count=F("root_count") + 1,
        reply_count=F("reply_count") + counted,
        last_activity_at=Greatest("last_activity_at", last),
    )
    topic.space = to.space_ptr
    if shows_in_tags(topic) != was_shown:
        step = -1 if was_shown else 1
        Tag.objects.filter(tagged_contributions__content_object=topic.pk).update(
            use_count=F("use_count") + step
        )
