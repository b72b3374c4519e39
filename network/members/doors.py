"""What stays open to a member whose way in is closed: suspended, excluded, or with a charter to accept.

Whoever may not go on may still know why, contest it, report what is illegal, and leave with what is theirs.
"""

OPEN_VIEWS = {
    "account_logout",
    "account_reauthenticate",
    "conversation:contribution",
    "groups:leave",
    "health",
    "language",
    "manifest",
    "me:archive",
    "me:leave",
    "me:privacy",
    "me:request_archive",
    "moderation:appeal",
    "moderation:decision",
    "moderation:my_reports",
    "moderation:report",
    "notifications:stop",
    "offline",
    "portraits:portrait",
    "renew_verification",
    "service_worker",
    # The legal notice, the privacy notice, the help.
    "wagtail_serve",
}
OPEN_NAMESPACES = {"charter", "publicity"}


def stays_open(match):
    """Is this address (its resolver's match) open to everyone who is logged in, whatever stands against it?"""
    return match.view_name in OPEN_VIEWS or not OPEN_NAMESPACES.isdisjoint(match.namespaces)
