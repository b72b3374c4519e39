"""The signed address by which a visitor who reported reads what was decided, and appeals."""

from django.core import signing
from django.urls import reverse

_signer = signing.Signer(salt="network.moderation.visitor")


def visitor_path(decision, report):
    """Where the visitor who made this report reads the decision."""
    return reverse(
        "moderation:visitor_decision", args=[decision.pk, _signer.sign(f"{decision.pk}-{report.pk}")]
    )


def report_in(token, decision_pk):
    """Primary key of the report that a signed address of this decision names; None for any other address."""
    try:
        decision, _, report = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return int(report) if decision == str(decision_pk) else None
