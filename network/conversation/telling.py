"""Who else is told when something is released: outer apps register what they alone know."""

from collections.abc import Callable, Iterable

_tellers: list[Callable[[object, object], Iterable[int]]] = []


def register(teller):
    """Have `teller(contribution, author)` tell whom it knows of; it returns the keys of those it told."""
    _tellers.append(teller)


def tell_others(contribution, author):
    """Let every app tell; returns the keys of those who were told."""
    return {key for teller in _tellers for key in teller(contribution, author)}
