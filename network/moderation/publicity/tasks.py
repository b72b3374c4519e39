"""What is counted when a month is over."""

from network.core.schedule import due

from . import actions


@due(every=60 * 60)
def count_figures():
    """The figures of the months and years that are over."""
    actions.count_figures()
