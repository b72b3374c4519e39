"""Files that the site makes for a member of what is theirs. Each app registers its kinds in its `personal.py`.

    archives.register(Kind(code="blog", label=_("Your blog"), write=write_blog, name="blog.zip"))

A worker calls `write(member, file)`, which writes the whole file into a binary file open for writing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Kind:
    """One sort of archive."""

    code: str
    label: object
    # What it is good for: a sentence beside the button.
    explanation: object
    write: Callable[[object, BinaryIO], None]
    # What the file is called on the member's machine.
    name: str
    # Is there anything of this sort to be had for the member?
    offered_to: Callable[[object], bool] = lambda member: True


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; one of the same code is replaced."""
    _kinds[kind.code] = kind
    return kind


def get(code: str) -> Kind | None:
    """The kind of this code, or None."""
    return _kinds.get(code)


def offered_to(member) -> list[Kind]:
    """The kinds that the member can have, in the order in which they were registered."""
    return [kind for kind in _kinds.values() if kind.offered_to(member)]
