"""What is deleted once nobody can contest it any more, and how long the rest is kept."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone

from network.conversation.actions.purging import purge_contribution
from network.core.thresholds import threshold

from ..deadlines import BRUSSELS, months_later
from ..models import Appeal, Case, Decision
from .records import lock_case, record_event

# What stands where words were: the database wants some.
DELETED = "–"


def _months_ago(months):
    day = months_later(timezone.now().astimezone(BRUSSELS).date(), -months)
    return datetime.combine(day, time.min, tzinfo=BRUSSELS)


def purge_removed():
    """Delete the texts that were removed, when the time for an appeal is over; returns how many. Safe to repeat."""
    due = Decision.objects.to_purge(timezone.now()).values_list("pk", flat=True)
    return sum(_purge_removed(pk) for pk in list(due))


@transaction.atomic
def _purge_removed(pk):
    decision = Decision.objects.select_related("case__contribution").get(pk=pk)
    case = lock_case(decision.case)
    if not Decision.objects.to_purge(timezone.now()).filter(pk=pk).exists():
        return False
    Decision.objects.filter(pk=pk).update(purged_at=timezone.now())
    purge_contribution(case.contribution, actor=None)
    record_event(case, None, "content_purged", decision=pk)
    return True


def purge_cases():
    """Delete what members said from cases that are closed for long; returns how many. Safe to repeat.

    The decision with its statement, the figures and the sealed history stay.
    """
    before = _months_ago(threshold("case_retention_months"))
    due = Case.objects.filter(closed_at__lt=before, purged_at=None).values_list("pk", flat=True)
    return sum(_purge_case(pk) for pk in list(due))


@transaction.atomic
def _purge_case(pk):
    case = lock_case(Case.objects.select_related("contribution").get(pk=pk))
    if case.purged_at or case.closed_at is None:
        return False
    now = timezone.now()
    case.reports.update(explanation=DELETED, snapshot={})
    case.reports.filter(reporter=None).update(name=DELETED, email=DELETED)
    Appeal.objects.filter(decision__case=case).update(grounds=DELETED)
    case.events.filter(purged_at=None).update(data={}, purged_at=now)
    case.purged_at = now
    case.save(update_fields=["purged_at"])
    record_event(case, None, "purged")
    return True


def purge_statements():
    """Delete the words of decisions whose case is closed for longer still; returns how many. Safe to repeat.

    Outcome, measure, articles and dates stay: the register and the figures rest on them.
    """
    before = _months_ago(threshold("statement_retention_months"))
    old = Decision.objects.filter(case__closed_at__lt=before).exclude(facts=DELETED)
    return old.update(facts=DELETED, explanation=DELETED)
