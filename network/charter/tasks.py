"""What happens to the charter at its date."""

from network.core.schedule import due

from . import actions


@due(every=60)
def enforce_announced():
    """The version that was announced for today comes into force."""
    actions.enforce_announced()
