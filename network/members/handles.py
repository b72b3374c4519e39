"""Other apps make addresses of a member's handle: each registers how its own follow a change of it."""

from collections.abc import Callable

_followers: list[Callable] = []


def register(follow: Callable) -> None:
    """Have `follow(member)` called, in the same transaction, whenever a member has a new handle."""
    _followers.append(follow)


def follow_all(member) -> None:
    """Let everything that bears the member's handle bear the new one."""
    for follow in _followers:
        follow(member)
