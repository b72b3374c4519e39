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
from .topics import start_topic

__all__ = [
    "answer_request",
    "archive_group",
    "change_group",
    "create_group",
    "declare_official",
    "invite_member",
    "join_group",
    "leave_group",
    "lift_ban",
    "remove_member",
    "set_level",
    "set_role",
    "start_topic",
]
