"""What goes across the network: home, feed, search, tags, members, and what is one's own."""

from .feed import feed, home
from .search import search

__all__ = ["feed", "home", "search"]
