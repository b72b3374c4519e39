"""What each app holds of a member: for the archive of all of it, and for erasure.

Each app registers its own in its `personal.py`, which is found by its name. `tests/members/holdings.txt` lists
every column that points at a member, and what becomes of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def _nothing(member):
    return ()


@dataclass(frozen=True)
class Holding:
    """One app's part."""

    name: str
    # collect(member): everything held of the member, as dictionaries and lists that JSON takes.
    collect: Callable[[object], object]
    # files(member): pairs of a path in the archive and a stored file.
    files: Callable[[object], Iterable] = _nothing
    # erase(member): takes away, or makes nobody's, what is personal in it. Called under the member's lock.
    erase: Callable[[object], object] = _nothing
    # warn(member): sentences about what the member should settle before leaving.
    warn: Callable[[object], Iterable] = _nothing


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> Holding:
    """Make a part known; one of the same name is replaced."""
    _holdings[holding.name] = holding
    return holding


def registered() -> list[Holding]:
    """All parts, in the order in which they were registered: the inner apps' first."""
    return list(_holdings.values())


def rows(queryset, *fields) -> list[dict]:
    """These columns of each row, by name, the oldest first: what most of a part consists of."""
    return list(queryset.order_by("pk").values(*fields))


def warnings_for(member) -> list:
    """What the member should settle before leaving, in sentences."""
    return [sentence for holding in registered() for sentence in holding.warn(member)]
