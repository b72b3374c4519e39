"""What changes members and institutions."""

from .accounts import (
    deactivate_member,
    end_sessions,
    register_member,
    restore_member,
    review_verification,
    set_roles,
    verify_by_domain,
    verify_member,
)
from .institutions import save_institution
from .profiles import (
    change_handle,
    close_first_steps,
    free_handle,
    remove_photo,
    save_profile,
    set_photo,
    set_shortcuts,
    update_profile,
)

__all__ = [
    "change_handle",
    "close_first_steps",
    "deactivate_member",
    "end_sessions",
    "free_handle",
    "register_member",
    "remove_photo",
    "restore_member",
    "review_verification",
    "save_institution",
    "save_profile",
    "set_photo",
    "set_roles",
    "set_shortcuts",
    "update_profile",
    "verify_by_domain",
    "verify_member",
]
