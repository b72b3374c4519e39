"""Every change of state of spaces, contributions and what members do with them.

Rows are locked in the order space, root, contribution, member.
"""

from .counting import locked, recount_tags, shows_in_tags
from .digesting import send_digest
from .drafts import delete_draft, purge_draft, restore_draft
from .keeping import bookmark, mark_all_read, mark_read, react
from .moderating import (
    hide_contribution,
    label_contribution,
    lock_contribution,
    pin_contribution,
    restore_contribution,
)
from .releasing import release_contribution
from .spaces import (
    enter_space,
    follow_member,
    follow_space,
    leave_space,
    tag_space,
    unfollow_member,
    unfollow_space,
)
from .withdrawing import open_replies, reschedule_contribution, withdraw_contribution
from .writing import edit_contribution, post_contribution, save_draft, undo_contribution

__all__ = [
    "bookmark",
    "delete_draft",
    "edit_contribution",
    "enter_space",
    "follow_member",
    "follow_space",
    "hide_contribution",
    "label_contribution",
    "leave_space",
    "lock_contribution",
    "locked",
    "mark_all_read",
    "mark_read",
    "open_replies",
    "pin_contribution",
    "post_contribution",
    "purge_draft",
    "react",
    "recount_tags",
    "release_contribution",
    "reschedule_contribution",
    "restore_contribution",
    "restore_draft",
    "save_draft",
    "send_digest",
    "shows_in_tags",
    "tag_space",
    "undo_contribution",
    "unfollow_member",
    "unfollow_space",
    "withdraw_contribution",
]
