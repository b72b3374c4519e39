"""What is done with topics: begun, answered, read."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversation.actions import locked, post_contribution
from network.conversation.models import Contribution, Membership
from network.conversation.permissions import can_facilitate, forget_membership
from network.core.answers import require
from network.core.refusals import Refused
from network.notifications.actions import notify

from ..models import Acknowledgement, Topic
from ..permissions import can_accept_reply, can_acknowledge, can_announce

# How long a question waits before its asker is reminded, and from when on that would come too late.
NUDGE_AFTER, NUDGE_UNTIL = timedelta(days=7), timedelta(days=21)


def start_topic(topic, *, actor, tag_names=(), at=None):
    """Post a new or drafted topic: released after the seconds for thinking, or at the moment `at`.

    The same form sent twice is one topic. The instance carries space, title, type, body and the other
    choices. Returns the contribution. Refuses like `post_contribution`; announcements, which are pinned, are
    for those who keep order in the group, and for spokespeople on behalf of their institution.
    """
    if topic.type == Topic.Type.ANNOUNCEMENT:
        require(can_announce(actor, topic.space))
        on_behalf = topic.capacity == Contribution.Capacity.INSTITUTION
        if not on_behalf and not can_facilitate(actor, topic.space):
            raise Refused(_("You announce on behalf of your institution: choose it under “You speak”."))
        topic.pinned = True
    else:
        topic.pinned, topic.asks_acknowledgement, topic.valid_until = False, False, None
    topic.kind = Contribution.Kind.TOPIC
    return post_contribution(topic, actor=actor, tag_names=tag_names, at=at)


def tell_of_announcement(contribution, author):
    """Every member of the group is told of an announcement; returns the keys of those who were."""
    if not Topic.objects.filter(pk=contribution.pk, type=Topic.Type.ANNOUNCEMENT).exists():
        return []
    members = Membership.objects.active().filter(space=contribution.space_id).values_list("member", flat=True)
    told = notify(list(members), "announcement", actor=author, contribution=contribution, latest=contribution)
    return [notification.recipient_id for notification in told]


@transaction.atomic
def accept_reply(reply, *, actor, accepted=True):
    """Say that a reply answers the question above it, or that it doesn't; says whether that changed anything.

    Its author is told.
    """
    fresh = locked(reply)
    forget_membership(actor, fresh.space)
    topic = Topic.objects.select_related("space").get(pk=fresh.root_id)
    require(can_accept_reply(actor, topic))
    if fresh.released_at is None or fresh.moderation != Contribution.Moderation.CLEAR:
        raise Refused(_("This reply can't be read at present."))
    if (topic.accepted_reply_id == fresh.pk) == accepted:
        return False
    Topic.objects.filter(pk=topic.pk).update(accepted_reply=fresh.pk if accepted else None)
    if accepted:
        notify([fresh.author], "accepted", actor=actor, contribution=fresh.root, latest=fresh)
    return True


@transaction.atomic
def nudge_asker(topic, *, now=None):
    """Remind who asked, once, that nothing answers the question yet; says whether they were reminded."""
    now = now or timezone.now()
    locked(topic)
    waiting = Topic.objects.nudgeable(now - NUDGE_UNTIL, now - NUDGE_AFTER).filter(pk=topic.pk)
    if not waiting.update(nudged_at=now):
        return False
    fresh = Contribution.objects.select_related("space", "author").get(pk=topic.pk)
    return bool(notify([fresh.author], "unanswered", contribution=fresh))


@transaction.atomic
def acknowledge(topic, *, actor):
    """Confirm that one has read an announcement; says whether that was new."""
    require(can_acknowledge(actor, topic))
    return Acknowledgement.objects.get_or_create(topic=topic, member=actor)[1]
