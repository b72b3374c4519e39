"""Decisions, whole with their statement of reasons, and what undoes them."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.actions import (
    hide_contribution,
    label_contribution,
    lock_contribution,
    restore_contribution,
)
from network.conversation.models import Contribution
from network.core.answers import require
from network.core.refusals import Refused

from ..models import Appeal, Case, Decision, DecisionArticle, Sanction
from ..permissions import (
    can_confirm_decision,
    can_decide_case,
    can_moderate_case,
    can_see_case,
    can_withdraw_decision,
)
from ..querysets import proposal_of
from .records import lock_case, record_event, save_case
from .sanctions import apply_sanction, void_sanctions
from .telling import tell_decision, tell_withdrawal
from .terms import Terms, check_powers, check_terms, draft_decision, draft_sanctions, pack_terms, unpack_terms

# The triggers that hold a statement of reasons whole.
WHOLE = "statement_is_whole, statement_keeps_articles, statement_keeps_sanctions"

Measure = Decision.Measure
TAKES_DOWN = (Measure.HIDE, Measure.REMOVE)


@transaction.atomic
def decide_case(case, *, actor, version, second_decider=None, **terms):
    """Decide a case: write the statement of reasons, let the measures take effect, tell those concerned.

    `version` is the case's as the actor read it; `terms` are those of `Terms`. An exclusion needs a
    `second_decider`. Returns the decision. Raises `Refused` where somebody was faster, the case has changed
    since, or a rule forbids it; the database refuses a statement that lacks a part.
    """
    case = lock_case(case)
    _check_reading(case, version)
    require(can_decide_case(actor, case))
    return _decide(case, actor, Terms(**terms), second_decider)


def _check_reading(case, version):
    if not case.is_open:
        raise Refused(
            _("This case was decided or closed in the meantime. Nothing of what you wrote was sent.")
        )
    if case.version != version:
        raise Refused(
            _("This case has changed since you opened it: read it again, then send what you wrote.")
        )


def _decide(case, actor, terms, second_decider=None):
    check_terms(case, terms)
    check_powers(case, actor, terms)
    if terms.sanction and terms.sanction["kind"] == Sanction.Kind.EXCLUDED:
        require(can_moderate_case(actor, case))
        if second_decider is None or second_decider.pk == actor.pk:
            raise Refused(_("An exclusion takes two: a colleague has to confirm it."))
        require(can_moderate_case(second_decider, case))
    decision = write_decision(case, actor, terms, second_decider)
    case.state = Case.State.DECIDED
    case.decided_at = decision.decided_at
    case.moderator = actor
    case.answer_due_at = None
    save_case(case, "state", "decided_at", "moderator", "answer_due_at")
    record_event(case, actor, "decided", decision=decision.pk)
    end_automatic(case, actor=actor, decision=decision)
    return decision


def write_decision(case, actor, terms, second_decider=None):
    """Save a decision whole, apply its measures and tell those concerned; returns it."""
    decision = draft_decision(case, terms, automatic=actor is None)
    decision.decided_by = actor
    decision.save(force_insert=True)
    DecisionArticle.objects.bulk_create(
        DecisionArticle(decision=decision, article=article) for article in terms.articles
    )
    if terms.measure:
        _apply_measure(decision, case.contribution, actor)
    if terms.sanction:
        apply_sanction(decision, terms.sanction, second_decider)
    _check_whole()
    tell_decision(decision)
    return decision


def preview_decision(case, *, version, **terms):
    """The decision and the sanctions that these terms make, not saved, as (decision, articles, sanctions).

    Raises `Refused` as `decide_case` does.
    """
    _check_reading(case, version)
    terms = Terms(**terms)
    check_terms(case, terms)
    return draft_decision(case, terms), terms.articles, draft_sanctions(terms)


def _check_whole():
    """Have the database check the statement now rather than at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {WHOLE} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {WHOLE} DEFERRED")


def _apply_measure(decision, contribution, actor):
    if decision.measure == Measure.HIDE:
        hide_contribution(contribution, actor=actor)
    elif decision.measure == Measure.REMOVE:
        hide_contribution(contribution, actor=actor, moderation=Contribution.Moderation.REMOVED)
    elif decision.measure == Measure.LABEL:
        label_contribution(contribution, actor=actor, label=decision.label)
    else:
        lock_contribution(contribution, actor=actor)


def undo_measure(decision, *, actor):
    """Put the content back as it was, unless another standing decision holds it there."""
    contribution = decision.case.contribution
    if contribution is None or not decision.measure:
        return
    same = TAKES_DOWN if decision.measure in TAKES_DOWN else (decision.measure,)
    others = Decision.objects.standing().filter(case__contribution=contribution, measure__in=same)
    other = others.exclude(pk=decision.pk).with_measure_in_force(timezone.now()).order_by("pk").last()
    if other:
        _apply_measure(other, contribution, actor)
    elif decision.measure in TAKES_DOWN:
        restore_contribution(contribution, actor=actor)
    elif decision.measure == Measure.LABEL:
        label_contribution(contribution, actor=actor, label="")
    else:
        lock_contribution(contribution, actor=actor, locked=False)


def overturn_decision(decision, *, actor, by):
    """A decision that doesn't stand any more: content and person are as before it. `by` is what ended it."""
    decision.overturned_at = timezone.now()
    decision.overturned_by = by
    decision.save(update_fields=["overturned_at", "overturned_by"])
    undo_measure(decision, actor=actor)
    void_sanctions(decision)


def end_automatic(case, *, actor, decision=None):
    """Somebody has looked: the automatic decision gives way to `decision`, or to none where the matter is gone."""
    for automatic in Decision.objects.automatic().filter(case=case).select_related("case__contribution"):
        overturn_decision(automatic, actor=actor, by=Decision.Ending.REVIEW)
        record_event(
            case,
            actor,
            "reviewed",
            automatic=automatic.pk,
            decision=decision.pk if decision else None,
            confirmed=bool(decision and decision.measure in TAKES_DOWN),
        )


@transaction.atomic
def withdraw_decision(decision, *, actor, reason):
    """Take back a decision that was wrong, without waiting for an appeal; returns whether that changed anything.

    Everything is put back as it was, and those whom it concerned read the reason.
    """
    case = lock_case(decision.case)
    decision = Decision.objects.get(pk=decision.pk)
    decision.case = case
    if decision.overturned_at:
        return False
    require(can_withdraw_decision(actor, decision))
    if not reason.strip():
        raise Refused(_("Say why: those whom it concerns will read it."))
    overturn_decision(decision, actor=actor, by=Decision.Ending.WITHDRAWN)
    if not Appeal.objects.pending().filter(decision__case=case).exists():
        case.state = Case.State.CLOSED
        case.closed_at = timezone.now()
    save_case(case, "state", "closed_at")
    record_event(case, actor, "withdrawn", decision=decision.pk, reason=reason.strip())
    tell_withdrawal(decision, reason.strip())
    return True


@transaction.atomic
def propose_decision(case, *, actor, version, **terms):
    """Propose an exclusion, that a second moderator has to confirm; returns the event that keeps it."""
    case = lock_case(case)
    _check_reading(case, version)
    require(can_decide_case(actor, case))
    terms = Terms(**terms)
    check_terms(case, terms)
    check_powers(case, actor, terms)
    if not terms.sanction or terms.sanction["kind"] != Sanction.Kind.EXCLUDED:
        raise Refused(_("Only an exclusion takes two who decide."))
    case.moderator = actor
    case.state = Case.State.IN_REVIEW
    save_case(case, "moderator", "state")
    return record_event(case, actor, "proposed", **pack_terms(terms))


@transaction.atomic
def confirm_decision(case, *, actor, version):
    """Be the second who decides what a colleague proposed; returns the decision."""
    case = lock_case(case)
    _check_reading(case, version)
    require(can_confirm_decision(actor, case))
    proposal = proposal_of(case)
    require(can_moderate_case(proposal.actor, case))
    record_event(case, actor, "confirmed", proposal=proposal.pk)
    return _decide(case, proposal.actor, unpack_terms(proposal.data), second_decider=actor)


@transaction.atomic
def decline_proposal(case, *, actor, version):
    """Not exclude: the case is open again for another decision. Its proposer may also take it back."""
    case = lock_case(case)
    _check_reading(case, version)
    require(can_see_case(actor, case))
    proposal = proposal_of(case)
    if proposal is None:
        return False
    save_case(case)
    record_event(case, actor, "declined", proposal=proposal.pk)
    return True


def end_expired_measures():
    """Undo the measures on content whose date has come; returns how many there were. Safe to repeat."""
    over = Decision.objects.with_expired_measure(timezone.now()).values_list("pk", flat=True)
    return sum(_end_measure(pk) for pk in list(over))


@transaction.atomic
def _end_measure(pk):
    decision = Decision.objects.select_related("case__contribution").get(pk=pk)
    case = lock_case(decision.case)
    if not Decision.objects.with_expired_measure(timezone.now()).filter(pk=pk).exists():
        return False
    record_event(case, None, "measure_ended", decision=pk)
    undo_measure(decision, actor=None)
    return True
