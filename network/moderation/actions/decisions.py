"""Decisions, whole with their statement of reasons, and what undoes them."""

from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.conversation.actions import (
    hide_contribution,
    label_contribution,
    lock_contribution,
    restore_contribution,
)
from network.conversation.models import Contribution
from network.core.answers import require
from network.core.refusals import Refused

from ..models import Case, Decision, DecisionArticle, Sanction
from ..permissions import can_confirm_decision, can_decide_case, can_see_case
from ..querysets import charter_of, proposal_of
from ..statements import redress
from .records import lock_case, record_event, save_case
from .sanctions import apply_sanction, check_sanction, void_sanctions
from .telling import tell_decision

# Six months at the least, whichever they are.
TIME_FOR_APPEAL = timedelta(days=184)
# The triggers that hold a statement of reasons whole.
WHOLE = "statement_is_whole, statement_keeps_articles, statement_keeps_sanctions"

Measure = Decision.Measure
TAKES_DOWN = (Measure.HIDE, Measure.REMOVE)


@dataclass(frozen=True)
class Terms:
    """What is decided and why: the moderator's part of a decision.

    `ends_at` is when the measure on the content ends, None for one without end. `sanction`, where there is
    one, is {"kind", "ends_at", "urgency"}: `ends_at` is not for a reminder or an exclusion, and `urgency`
    says why there was no time for a warning.
    """

    outcome: str
    facts: str
    explanation: str
    scope: str
    articles: list = field(default_factory=list)
    legal_ground: str = ""
    measure: str = ""
    label: str = ""
    ends_at: object = None
    sanction: dict | None = None


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
    if terms.sanction and terms.sanction["kind"] == Sanction.Kind.EXCLUDED:
        if second_decider is None or second_decider.pk == actor.pk:
            raise Refused(_("An exclusion takes two: a colleague has to confirm it."))
        require(can_see_case(second_decider, case))
    decision = write_decision(case, actor, terms, second_decider)
    case.state = Case.State.DECIDED
    case.decided_at = decision.decided_at
    case.moderator = actor
    save_case(case, "state", "decided_at", "moderator")
    record_event(case, actor, "decided", decision=decision.pk)
    return decision


def check_terms(case, terms):
    """Raise `Refused` where a rule forbids these terms in this case."""
    if terms.outcome == Decision.Outcome.DISMISS and (terms.measure or terms.sanction):
        raise Refused(_("Where there is no breach, nothing is done: take the measures away."))
    if terms.outcome == Decision.Outcome.ACT and not (terms.measure or terms.sanction):
        raise Refused(_("Where there is a breach, say what is done about it."))
    if not terms.articles and not terms.legal_ground.strip():
        raise Refused(_("Say which article of the charter, or which law, the decision rests on."))
    if terms.measure and case.contribution is None:
        raise Refused(_("This case is not about a text: only a measure on the person is possible."))
    if terms.measure == Measure.LOCK and case.contribution.root_id:
        raise Refused(_("Only a whole discussion can be locked: choose another measure for a reply."))
    if terms.measure == Measure.REMOVE and terms.ends_at:
        raise Refused(_("What is removed is not put back at a date: hide it instead."))
    if terms.measure == Measure.LABEL and not terms.label.strip():
        raise Refused(_("Write the note that readers see."))
    if terms.sanction:
        check_sanction(case, terms.sanction)


def write_decision(case, actor, terms, second_decider=None):
    """Save a decision whole, apply its measures and tell those concerned; returns it."""
    language = case.concerned.language
    appeal_until = timezone.now() + TIME_FOR_APPEAL
    decision = draft_decision(case, terms)
    decision.decided_by = actor
    decision.appeal_until = appeal_until
    decision.redress = redress(appeal_until, language)
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


def draft_sanctions(terms):
    """The sanctions that these terms make, not saved."""
    return [Sanction(**terms.sanction)] if terms.sanction else []


def draft_decision(case, terms):
    """The decision that these terms make, not saved: what a preview shows."""
    appeal_until = timezone.now() + TIME_FOR_APPEAL
    return Decision(
        case=case,
        outcome=terms.outcome,
        measure=terms.measure,
        label=terms.label.strip(),
        facts=terms.facts.strip(),
        explanation=terms.explanation.strip(),
        scope=terms.scope.strip(),
        legal_ground=terms.legal_ground.strip(),
        charter=charter_of(case),
        ends_at=terms.ends_at,
        indefinite=terms.ends_at is None,
        origin=_origin(case),
        automated_detection=False,
        automated_decision=False,
        appeal_until=appeal_until,
        redress=redress(appeal_until, case.concerned.language),
        language=case.concerned.language,
    )


def _origin(case):
    return Decision.Origin.REPORT if case.report_count else Decision.Origin.OWN_INITIATIVE


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


def overturn_decision(decision, *, actor):
    """A decision that doesn't stand any more: content and person are as before it."""
    decision.overturned_at = timezone.now()
    decision.save(update_fields=["overturned_at"])
    undo_measure(decision, actor=actor)
    void_sanctions(decision)


@transaction.atomic
def propose_decision(case, *, actor, version, **terms):
    """Propose an exclusion, that a second moderator has to confirm; returns the event that keeps it."""
    case = lock_case(case)
    _check_reading(case, version)
    require(can_decide_case(actor, case))
    terms = Terms(**terms)
    check_terms(case, terms)
    if not terms.sanction or terms.sanction["kind"] != Sanction.Kind.EXCLUDED:
        raise Refused(_("Only an exclusion takes two who decide."))
    case.moderator = actor
    case.state = Case.State.IN_REVIEW
    save_case(case, "moderator", "state")
    return record_event(case, actor, "proposed", **_pack(terms))


@transaction.atomic
def confirm_decision(case, *, actor, version):
    """Be the second who decides what a colleague proposed; returns the decision."""
    case = lock_case(case)
    _check_reading(case, version)
    require(can_confirm_decision(actor, case))
    proposal = proposal_of(case)
    require(can_see_case(proposal.actor, case))
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


def _pack(terms):
    packed = asdict(replace(terms, articles=[]))
    packed["articles"] = [article.pk for article in terms.articles]
    packed["ends_at"] = terms.ends_at.isoformat() if terms.ends_at else None
    packed["sanction"] = terms.sanction | {"ends_at": None}
    return packed


def unpack_terms(data):
    """The terms that a proposal keeps."""
    ends_at = data["ends_at"] and parse_datetime(data["ends_at"])
    articles = (
        Article.objects.filter(pk__in=data["articles"]).select_related("version").prefetch_related("texts")
    )
    return Terms(**(data | {"ends_at": ends_at, "articles": list(articles)}))


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
