"""What ends at its date without anybody's doing."""

from network.core.schedule import due

from . import actions

MINUTE, HOUR = 60, 60 * 60


@due(every=MINUTE)
def end_sanctions():
    """Members whose sanction is over can do again what they could."""
    actions.expire_sanctions()


@due(every=MINUTE)
def end_measures():
    """Content that was taken down until a date is back."""
    actions.end_expired_measures()


@due(every=HOUR)
def close_cases():
    """Decided cases close when the time for an appeal is over."""
    actions.close_cases()
