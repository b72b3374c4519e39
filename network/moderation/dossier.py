"""The file of a case: everything that there is of it, in one document that needs nothing else to be read."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from .history import flaws
from .models import CaseEvent
from .statements import statement


class Dossier:
    """What the document shows of a case. A fixed number of queries whatever the case holds."""

    def __init__(self, case):
        self.case = case
        self.reports = (
            case.reports.select_related("reporter").prefetch_related("articles__texts").order_by("pk")
        )
        self.events = list(CaseEvent.objects.filter(case=case).select_related("actor").order_by("pk"))
        self.flaws = list(flaws(case))
        self.made_at = timezone.now()

    @property
    def last_seal(self):
        """The seal of the last event, which covers all before it."""
        return self.events[-1].digest if self.events else ""

    @property
    def decisions(self):
        """Each decision with its statement of reasons, whole, and the appeals against it."""
        found = (
            self.case.decisions.select_related("charter", "decided_by", "case__contribution__space")
            .prefetch_related(
                "articles__texts",
                "articles__version",
                "sanctions__second_decider",
                "appeals__appellant",
                "appeals__judge",
            )
            .prefetch_related("appeals__report")
            .order_by("pk")
        )
        for decision in found:
            decision.case = self.case
            yield {
                "decision": decision,
                "statement": statement(
                    decision, decision.articles.all(), decision.sanctions.all(), full=True
                ),
                "appeals": decision.appeals.all(),
            }


def dossier_of(case, *, actor, reason, language):
    """The document, as HTML, in a language; `reason` says for which request it was made, and by whom."""
    with override(language):
        context = {"dossier": Dossier(case), "actor": actor, "reason": reason, "language": language}
        return render_to_string("moderation/dossier.html", context)
