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
from .profiles import change_handle, free_handle, remove_photo, save_profile, set_photo, update_profile

__all__ = [
    "change_handle",
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
    "update_profile",
    "verify_by_domain",
    "verify_member",
]
