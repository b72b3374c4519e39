"""Every change of state of groups and of who belongs to them."""

from .feeds import end_feed_key, make_feed_key, renew_feed_key
from .groups import archive_group, change_group, create_group, declare_official
from .invitations import (
    accept_invitation,
    decline_invitation,
    forget_invitations,
    invite_address,
    invite_member,
    withdraw_invitation,
    withdraw_member_invitation,
)
from .memberships import (
    answer_request,
    claim_group,
    hand_over_group,
    join_group,
    leave_group,
    lift_ban,
    remove_member,
    set_level,
    set_role,
)
from .order import lock_topic, move_topic, pin_topic
from .proposals import approve_proposal, propose_group, refuse_proposal, withdraw_proposal
from .rearranging import merge_topics, split_topic
from .reviewing import approve_contribution, hold_for_review, refuse_contribution
from .topics import accept_reply, acknowledge, nudge_asker, start_topic, tell_of_announcement

__all__ = [
    "accept_invitation",
    "accept_reply",
    "acknowledge",
    "answer_request",
    "approve_contribution",
    "approve_proposal",
    "archive_group",
    "change_group",
    "claim_group",
    "create_group",
    "declare_official",
    "decline_invitation",
    "end_feed_key",
    "forget_invitations",
    "hand_over_group",
    "hold_for_review",
    "invite_address",
    "invite_member",
    "join_group",
    "leave_group",
    "lift_ban",
    "lock_topic",
    "make_feed_key",
    "merge_topics",
    "move_topic",
    "nudge_asker",
    "pin_topic",
    "propose_group",
    "refuse_contribution",
    "refuse_proposal",
    "remove_member",
    "renew_feed_key",
    "set_level",
    "set_role",
    "split_topic",
    "start_topic",
    "tell_of_announcement",
    "withdraw_invitation",
    "withdraw_member_invitation",
    "withdraw_proposal",
]
