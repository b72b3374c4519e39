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
from .archives import forget_archives, forget_outdated_archives, make_archive, request_archive
from .institutions import save_institution
from .leaving import erase_member, leave_network, return_to_network
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
from .renewals import ask_for_renewals, lapse_verifications, member_of_renewal, renew_verification

__all__ = [
    "ask_for_renewals",
    "change_handle",
    "close_first_steps",
    "deactivate_member",
    "end_sessions",
    "erase_member",
    "forget_archives",
    "forget_outdated_archives",
    "free_handle",
    "lapse_verifications",
    "leave_network",
    "make_archive",
    "member_of_renewal",
    "register_member",
    "remove_photo",
    "renew_verification",
    "request_archive",
    "restore_member",
    "return_to_network",
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
