"""Pure display: nothing here reads the database."""

from django import template

register = template.Library()


def _concerns(topic, membership):
    """Does its news concern this member? Not what was quiet since before they joined."""
    return bool(
        membership
        and membership.is_active
        and (topic.read_number is not None or topic.thread.last_activity_at > membership.joined_at)
    )


@register.filter
def unread_for(topic, membership):
    """How many replies to a topic (from `topics_of`) a member of its group hasn't read."""
    if not _concerns(topic, membership):
        return 0
    return max(0, topic.thread.last_number - (topic.read_number or 0))


@register.filter
def is_new_for(topic, membership):
    """Has a member of its group never opened the topic, which somebody else began?"""
    never = topic.read_number is None and topic.author_id != getattr(membership, "member_id", None)
    return never and _concerns(topic, membership)
