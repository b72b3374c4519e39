"""What this app holds of a member: what they reported, what was decided about them, what they appealed."""

from network.members.holdings import Holding, register, rows

from .actions.erasing import forget_in_snapshots
from .models import Appeal, Case, Decision, Report, Sanction


def collect(member):
    """Their reports, and the cases about them; not who reported them, nor what moderators note."""
    return {
        "reports": rows(
            Report.objects.filter(reporter=member), "id", "case", "explanation", "illegality", "created_at"
        ),
        "cases_about_you": rows(
            Case.objects.filter(concerned=member), "id", "state", "opened_at", "closed_at"
        ),
        "decisions_about_you": rows(
            Decision.objects.filter(case__concerned=member),
            "id",
            "case",
            "decided_at",
            "outcome",
            "measure",
            "facts",
            "explanation",
            "legal_ground",
            "scope",
            "redress",
            "ends_at",
            "overturned_at",
        ),
        "sanctions": rows(
            Sanction.objects.filter(member=member), "decision", "kind", "starts_at", "ends_at", "voided_at"
        ),
        "appeals": rows(
            Appeal.objects.filter(appellant=member), "decision", "grounds", "created_at", "outcome", "reasons"
        ),
        "decided_by_you": rows(Decision.objects.filter(decided_by=member), "id", "decided_at"),
    }


register(Holding("moderation", collect, erase=forget_in_snapshots))
