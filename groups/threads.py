"""A topic as one reader sees it."""

from django.urls import reverse

from network.conversation.models import Contribution
from network.conversation.threads import Thread

from .models import Topic
from .permissions import can_accept_reply


class TopicThread(Thread):
    """The replies to a topic; those to a question may be accepted by who asked and who keeps order."""

    def __init__(self, topic, member, *, start=1):
        self.accepts = topic.type == Topic.Type.QUESTION and bool(can_accept_reply(member, topic))
        super().__init__(topic, member, start=start)

    def _entry(self, reply):
        reply.is_accepted = reply.pk == self.root.accepted_reply_id
        entry = super()._entry(reply)
        entry.may.accept = self.accepts and reply.moderation == Contribution.Moderation.CLEAR
        entry.accept_url = reverse("groups:accept", args=[self.root.space.slug, self.root.pk, reply.number])
        return entry

    @property
    def accepted(self):
        """The reply that answers the question, while it can be read; joined by `for_page`."""
        reply = self.root.accepted_reply
        return reply if reply and reply.moderation == Contribution.Moderation.CLEAR else None
