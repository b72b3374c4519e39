"""What stands above the lists of groups, blogs, members and tags.

Administrators write it; the app that keeps it registers where it is read, and the views of the lists ask
here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Section:
    """The introduction of one list in one language. `introduction` is safe HTML."""

    title: str
    introduction: str = ""
    # What search engines show; empty where the list's own words do.
    search_title: str = ""
    search_description: str = ""
    # What the editors put forward, each visible to everybody: cards of groups, contributions as cards show them,
    # tags with `name` and `url`.
    groups: Sequence = ()
    contributions: Sequence = ()
    tags: Sequence = ()


_provider: Callable[[str, str], Section | None] | None = None


def register_provider(provider: Callable[[str, str], Section | None]) -> None:
    """Have `provider(kind, language)` tell what stands above each list."""
    global _provider
    _provider = provider


def section(kind: str) -> Section | None:
    """The introduction of "groups", "blogs", "members" or "tags" in the reader's language, or None."""
    return _provider(kind, (get_language() or "en")[:2]) if _provider else None
