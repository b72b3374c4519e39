"""Moments in their order, and the clock that shows them."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from django.utils import timezone


class Timeline:
    """What happens, and how many days before `end` (a float: half a day is 0.5)."""

    def __init__(self, end):
        self.end = end
        self._moments = []
        self._order = count()

    def at(self, days_ago, happen, *args, **kwargs):
        """Have `happen` called with these arguments at that moment; of one moment, the first planned first."""
        self._moments.append((-days_ago, next(self._order), happen, args, kwargs))

    def play(self):
        """Call everything, each with the clock at its moment."""
        with _clock() as set_clock:
            for moment, _order, happen, args, kwargs in sorted(self._moments, key=lambda row: row[:2]):
                set_clock(self.end + timedelta(days=moment))
                happen(*args, **kwargs)


@contextmanager
def _clock():
    """Have `timezone.now`, which all the site asks for the time, show what the function given here sets."""
    real = timezone.now
    shown = [real()]

    def set_clock(moment):
        shown[0] = moment

    timezone.now = lambda: shown[0]
    try:
        yield set_clock
    finally:
        timezone.now = real
