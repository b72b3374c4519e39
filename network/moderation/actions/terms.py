"""What is decided and why, before it is written: its rules, and how it waits for a second moderator."""

from dataclasses import asdict, dataclass, field, replace

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.core.refusals import Refused

from ..deadlines import end_of_appeals
from ..models import Decision, Sanction
from ..permissions import THEIR_MEASURES, THEIR_SANCTIONS, can_moderate_case
from ..querysets import charter_of
from ..statements import redress
from .sanctions import check_sanction

Measure = Decision.Measure


@dataclass(frozen=True)
class Terms:
    """What is decided and why: the moderator's part of a decision.

    `ends_at` is when the measure on the content ends, None for one without end. `sanction`, where there is
    one, is {"kind", "ends_at", "urgency", "restriction"}: `ends_at` is not for a reminder or an exclusion,
    `urgency` says why there was no time for a warning, and `restriction` how posting is restricted.
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


def check_powers(case, actor, terms):
    """Raise `Refused` where these terms go beyond what a facilitator decides in their group."""
    if can_moderate_case(actor, case):
        return
    kind = terms.sanction["kind"] if terms.sanction else Sanction.Kind.REMINDER
    if terms.measure not in THEIR_MEASURES or kind not in THEIR_SANCTIONS:
        raise Refused(_("Only the site's moderators decide this: pass the case to them."))


def draft_decision(case, terms, *, automatic=False):
    """The decision that these terms make, not saved: what a preview shows."""
    appeal_until = end_of_appeals(timezone.now())
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
        automated_detection=automatic,
        automated_decision=automatic,
        appeal_until=appeal_until,
        redress=redress(appeal_until, case.concerned.language, automatic=automatic),
        language=case.concerned.language,
    )


def _origin(case):
    return Decision.Origin.REPORT if case.report_count else Decision.Origin.OWN_INITIATIVE


def draft_sanctions(terms):
    """The sanctions that these terms make, not saved."""
    return [Sanction(**terms.sanction)] if terms.sanction else []


def pack_terms(terms):
    """The terms as a proposal keeps them: a dictionary for JSON."""
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
