"""Reads of groups and topics."""

from .groups import A_WEEK, LIKE, GroupQuerySet, groups_of, similar_groups
from .invitations import InvitationQuerySet, feed_key_of, invitations_of, proposals_of, waiting_for
from .members import (
    KEEPING_ORDER,
    apart_in,
    colleagues_in,
    is_newcomer,
    members_of,
    successors_in,
    tie_and_facilitators,
)
from .topics import (
    MOST_PINNED,
    TopicQuerySet,
    acknowledgements_of,
    authors_in,
    is_locked_by_decision,
    joinable_topics,
    questions_for,
    replies_to_split,
    to_review,
    topics_of,
)

__all__ = [
    "A_WEEK",
    "KEEPING_ORDER",
    "LIKE",
    "MOST_PINNED",
    "GroupQuerySet",
    "InvitationQuerySet",
    "TopicQuerySet",
    "acknowledgements_of",
    "apart_in",
    "authors_in",
    "colleagues_in",
    "feed_key_of",
    "groups_of",
    "invitations_of",
    "is_locked_by_decision",
    "is_newcomer",
    "joinable_topics",
    "members_of",
    "proposals_of",
    "questions_for",
    "replies_to_split",
    "similar_groups",
    "successors_in",
    "tie_and_facilitators",
    "to_review",
    "topics_of",
    "waiting_for",
]
