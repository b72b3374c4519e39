"""Pure display: nothing here reads the database."""

from django import template

register = template.Library()


@register.filter
def unread_for(topic, membership):
    """How many contributions of a topic (from `topics_of`) a member of its group hasn't read, its opening
    included; 0 for who isn't a member, and for what was quiet since before they joined.
    """
    if membership is None or not membership.is_active:
        return 0
    if topic.read_number is not None:
        return max(0, topic.thread.last_number - topic.read_number)
    if topic.author_id == membership.member_id:
        return topic.thread.last_number
    return topic.thread.last_number + 1 if topic.thread.last_activity_at > membership.joined_at else 0
