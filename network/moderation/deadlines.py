"""Until when something may be done."""

from calendar import monthrange
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# Time limits are those of the network's city, wherever people travel.
BRUSSELS = ZoneInfo("Europe/Brussels")
MONTHS_FOR_APPEAL = 6


def months_later(day, months):
    """The same day so many months later; the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def end_of_appeals(decided_at):
    """The midnight in Brussels that ends the last day of the six months for an appeal."""
    last_day = months_later(decided_at.astimezone(BRUSSELS).date(), MONTHS_FOR_APPEAL)
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=BRUSSELS)


def last_day(end):
    """The last day before a moment that is a midnight in Brussels, or the day of any other moment."""
    return (end - timedelta(seconds=1)).astimezone(BRUSSELS).date()
