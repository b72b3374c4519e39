"""What enough trusted reports do by themselves: hide, until somebody looks."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext, override

from network.conversation.models import Contribution
from network.core.thresholds import threshold

from ..models import Decision, Report
from ..querysets import charter_of
from .decisions import write_decision
from .records import record_event, save_case
from .terms import Terms

# Within which somebody looks at what was hidden.
REVIEW_WITHIN = timedelta(hours=24)


def hide_if_reported_enough(case):
    """Hide the text of a case once enough independent and trusted members reported it. Returns the decision, or None.

    Call under the locks of the case and its text. Nothing happens where the setting is off, where somebody
    has the case in hand, or where a moderator already looked at these very words.
    """
    if not threshold("automatic_hiding") or not _may_be_hidden(case):
        return None
    weights = Report.objects.independent(case)
    if sum(weight > 0 for weight in weights) < threshold("automatic_reporters"):
        return None
    if sum(weights) < threshold("automatic_weight"):
        return None
    decision = write_decision(case, None, _terms(case))
    case.due_at = min(case.due_at, timezone.now() + REVIEW_WITHIN)
    save_case(case, "due_at")
    record_event(case, None, "hidden_automatically", decision=decision.pk)
    return decision


def _may_be_hidden(case):
    contribution = case.contribution
    if contribution is None or contribution.moderation != Contribution.Moderation.CLEAR:
        return False
    if case.state != case.State.RECEIVED or case.moderator_id:
        return False
    said_at = contribution.edited_at or contribution.released_at
    looked_at = Decision.objects.filter(
        case__contribution=contribution, decided_by__isnull=False, decided_at__gte=said_at
    )
    return not looked_at.exists()


def _terms(case):
    invoked = Counter(
        Report.objects.filter(case=case, articles__isnull=False).values_list("articles__code", flat=True)
    )
    articles = [article for article in charter_of(case).articles.all() if article.code in invoked]
    with override(case.concerned.language):
        return Terms(
            outcome=Decision.Outcome.ACT,
            measure=Decision.Measure.HIDE,
            articles=articles,
            legal_ground="" if articles else gettext("The law, by what was reported."),
            facts=gettext(
                "Several members of different institutions reported this text, independently of each other."
            ),
            explanation=gettext(
                "Nobody has looked at it yet. It is hidden as a precaution until a moderator does, within 24 "
                "hours; then it is shown again, or you receive a decision with reasons."
            ),
            scope=gettext("The whole of the site, for every reader."),
        )
