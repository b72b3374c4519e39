"""Appeals against decisions, and their judgment by somebody else."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.refusals import Refused

from ..models import Appeal, Case, Decision, Sanction
from ..permissions import can_appeal_as_visitor, can_appeal_decision, can_judge_appeal
from .decisions import overturn_decision, write_decision
from .records import lock_case, record_event, save_case
from .telling import tell_appeal_received, tell_judgment
from .terms import Terms, check_terms


@transaction.atomic
def appeal_decision(decision, *, grounds, actor=None, report=None):
    """Contest a decision, as a member or as the visitor who made this report.

    Returns the appeal; sent twice by the same person, it is one.
    """
    case = lock_case(decision.case)
    decision = Decision.objects.select_related("case__concerned").get(pk=decision.pk)
    who = {"report": report} if report else {"appellant": actor}
    if earlier := decision.appeals.filter(**who).first():
        return earlier
    require(can_appeal_as_visitor(report, decision) if report else can_appeal_decision(actor, decision))
    if not grounds.strip():
        raise Refused(_("Say why the decision is wrong."))
    appeal = Appeal.objects.create(decision=decision, grounds=grounds.strip(), **who)
    case.state = Case.State.APPEALED
    case.closed_at = None
    save_case(case, "state", "closed_at")
    record_event(case, actor, "appealed", appeal=appeal.pk)
    tell_appeal_received(appeal)
    return appeal


@transaction.atomic
def judge_appeal(appeal, *, actor, outcome, reasons, terms=None):
    """Judge an appeal: upheld, varied or overturned, with reasons. Returns the appeal.

    `overturned` puts everything back and voids the sanctions; `varied` does the same and then decides anew,
    with `terms` (a dictionary, see `decisions.Terms`) and a statement of reasons as complete as the first.
    """
    case = lock_case(appeal.decision.case)
    appeal = (
        Appeal.objects.select_for_update(of=("self",)).select_related("appellant", "report").get(pk=appeal.pk)
    )
    decision = Decision.objects.select_related("case__concerned", "case__contribution").get(
        pk=appeal.decision_id
    )
    decision.case = case
    appeal.decision = decision
    if appeal.judged_at:
        raise Refused(_("A colleague has judged this appeal in the meantime."))
    require(can_judge_appeal(actor, appeal))
    _check_outcome(decision, outcome, reasons, terms)
    if outcome != Appeal.Outcome.UPHELD:
        overturn_decision(decision, actor=actor, by=Decision.Ending.APPEAL)
    appeal.judge = actor
    appeal.judged_at = timezone.now()
    appeal.outcome = outcome
    appeal.reasons = reasons.strip()
    appeal.save(update_fields=["judge", "judged_at", "outcome", "reasons"])
    record_event(case, actor, "judged", appeal=appeal.pk, outcome=outcome)
    if outcome == Appeal.Outcome.VARIED:
        _decide_anew(case, actor, Terms(**terms))
    _settle_case(case, outcome)
    tell_judgment(appeal)
    return appeal


def _check_outcome(decision, outcome, reasons, terms):
    if decision.overturned_at:
        raise Refused(_("This decision doesn't stand any more: another appeal has ended it."))
    if not reasons.strip():
        raise Refused(_("Say why: the person who appeals will read it."))
    if outcome == Appeal.Outcome.OVERTURNED and decision.outcome == Decision.Outcome.DISMISS:
        raise Refused(
            _("Nothing was done, so nothing can be put back: vary the decision and say what is done.")
        )
    if outcome == Appeal.Outcome.VARIED and terms is None:
        raise Refused(_("Say what is decided instead."))


def _decide_anew(case, actor, terms):
    check_terms(case, terms)
    if terms.sanction and terms.sanction["kind"] == Sanction.Kind.EXCLUDED:
        raise Refused(_("An appeal can't end in an exclusion: it would take two who decide."))
    decision = write_decision(case, actor, terms)
    record_event(case, actor, "decided", decision=decision.pk)
    return decision


def _settle_case(case, outcome):
    if Appeal.objects.pending().filter(decision__case=case).exists():
        case.state = Case.State.APPEALED
    elif outcome == Appeal.Outcome.OVERTURNED:
        case.state = Case.State.CLOSED
        case.closed_at = timezone.now()
    else:
        case.state = Case.State.DECIDED
    save_case(case, "state", "closed_at")


def close_cases():
    """Close the decided cases whose time for an appeal is over; returns how many. Safe to repeat."""
    now = timezone.now()
    over = (
        Case.objects.filter(state=Case.State.DECIDED)
        .exclude(decisions__appeal_until__gt=now)
        .values_list("pk", flat=True)
    )
    return sum(_close(pk) for pk in list(over))


@transaction.atomic
def _close(pk):
    case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    if case.state != Case.State.DECIDED:
        return False
    case.state = Case.State.CLOSED
    case.closed_at = timezone.now()
    save_case(case, "state", "closed_at")
    record_event(case, None, "closed")
    return True
