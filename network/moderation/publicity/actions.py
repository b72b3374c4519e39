"""Counting what is over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from ..deadlines import BRUSSELS, months_later
from ..models import CaseEvent, PeriodFigures
from .figures import bounds, counted, publishable

# So many periods are counted at once, at most: a site that was down for years catches up bit by bit.
MOST_AT_ONCE = 24


def count_figures():
    """Count the months and years that are over and aren't counted yet; returns how many. Safe to repeat."""
    known = set(PeriodFigures.objects.values_list("period", flat=True))
    due = [period for period in _periods_over(timezone.now()) if period not in known]
    for period in due[:MOST_AT_ONCE]:
        _count(period)
    return len(due[:MOST_AT_ONCE])


def _periods_over(now):
    """Each month since the first case, or the last one where there was none, and each year after its months."""
    this_month = now.astimezone(BRUSSELS).date().replace(day=1)
    first = CaseEvent.objects.aggregate(first=Min("at"))["first"]
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    month = min(first.astimezone(BRUSSELS).date().replace(day=1), last_month) if first else last_month
    while month < this_month:
        yield f"{month:%Y-%m}"
        if month.month == 12:
            yield f"{month:%Y}"
        month = months_later(month, 1)


@transaction.atomic
def _count(period):
    raw = counted(*bounds(period))
    months = PeriodFigures.objects.filter(period__startswith=f"{period}-") if "-" not in period else []
    told = publishable(raw, [(month.raw, month.told) for month in months])
    PeriodFigures.objects.get_or_create(period=period, defaults={"raw": raw, "told": told})
