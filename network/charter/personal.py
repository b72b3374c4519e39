"""What this app holds of a member: the proof of what they accepted, which stays, by a former member."""

from network.members.holdings import Holding, register, rows

from .models import Acceptance


def collect(member):
    """Which versions the member accepted, when, and in which language."""
    return rows(
        Acceptance.objects.filter(member=member), "version__number", "language", "accepted_at", "digest"
    )


register(Holding("charter", collect))
