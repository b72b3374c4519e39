"""The network in numbers: counted a few times an hour, because every visitor's first page shows them."""

from django.core.cache import cache

from . import querysets

KEY = "pages.figures"
SECONDS = 10 * 60


def figures():
    """See `querysets.counts`; at most ten minutes old."""
    return cache.get_or_set(KEY, querysets.counts, SECONDS)
