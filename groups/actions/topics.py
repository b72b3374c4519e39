"""What is done with topics."""

from network.conversation.actions import post_contribution
from network.conversation.models import Contribution
from network.core.answers import require

from ..models import Topic
from ..permissions import can_announce


def start_topic(topic, *, actor, tag_names=(), at=None):
    """Post a new or drafted topic: released after the seconds for thinking, or at the moment `at`.

    The same form sent twice is one topic. The instance carries space, title, type, body and the other
    choices. Returns the contribution. Refuses like `post_contribution`; announcements are for those who keep
    order in the group.
    """
    if topic.type == Topic.Type.ANNOUNCEMENT:
        require(can_announce(actor, topic.space))
    topic.kind = Contribution.Kind.TOPIC
    return post_contribution(topic, actor=actor, tag_names=tag_names, at=at)
