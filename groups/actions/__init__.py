"""Every change of state of groups and of who belongs to them."""

from .groups import archive_group, change_group, create_group, declare_official
from .invitations import invite_member
from .memberships import (
    answer_request,
    join_group,
    leave_group,
    lift_ban,
    remove_member,
    set_level,
    set_role,
)
from .order import lock_topic, move_topic, pin_topic
from .rearranging import merge_topics, split_topic
from .reviewing import approve_contribution, hold_for_review, refuse_contribution
from .topics import accept_reply, acknowledge, nudge_asker, start_topic, tell_of_announcement

__all__ = [
    "accept_reply",
    "acknowledge",
    "answer_request",
    "approve_contribution",
    "archive_group",
    "change_group",
    "create_group",
    "declare_official",
    "hold_for_review",
    "invite_member",
    "join_group",
    "leave_group",
    "lift_ban",
    "lock_topic",
    "merge_topics",
    "move_topic",
    "nudge_asker",
    "pin_topic",
    "refuse_contribution",
    "remove_member",
    "set_level",
    "set_role",
    "split_topic",
    "start_topic",
    "tell_of_announcement",
]
