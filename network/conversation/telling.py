"""What outer apps alone know of a release, and register here: who else is told, and what has to be looked at first."""

from collections.abc import Callable, Iterable

_tellers: list[Callable[[object, object], Iterable[int]]] = []


def register(teller):
    """Have `teller(contribution, author)` tell whom it knows of; it returns the keys of those it told."""
    _tellers.append(teller)


def tell_others(contribution, author):
    """Let every app tell; returns the keys of those who were told."""
    return {key for teller in _tellers for key in teller(contribution, author)}


_holders: list[Callable[[object], bool]] = []


def register_holder(holder):
    """Have `holder(contribution)` say whether somebody has to look at it before others see it, and tell them."""
    _holders.append(holder)


def is_held(contribution):
    """Does any app hold it back?"""
    return any(holder(contribution) for holder in _holders)
