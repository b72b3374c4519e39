"""Decisions as everybody may read them: no name, no words, no day; what was applied, how, and how it ended."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..deadlines import BRUSSELS
from ..models import Appeal, Decision, DecisionArticle, Sanction

Measure = Decision.Measure

MEASURES = {
    Measure.LABEL: _("A note for readers"),
    Measure.HIDE: _("Hidden"),
    Measure.REMOVE: _("Taken down"),
    Measure.LOCK: _("Closed to replies"),
}
ORIGINS = {
    Decision.Origin.REPORT: _("Reports"),
    Decision.Origin.OWN_INITIATIVE: _("The moderators' own initiative"),
}
ENDINGS = {
    "pending": _("An appeal is being judged"),
    "upheld": _("Appeal: the decision stands"),
    "varied": _("Appeal: decided otherwise"),
    "overturned": _("Appeal: undone"),
    "review": _("Replaced by a moderator's decision"),
    "withdrawn": _("Withdrawn by the moderators"),
    "": pgettext_lazy("appeal", "None"),
}
AUTOMATION = {
    "decided": _("Decided by the site, then looked at"),
    "found": _("Found by the site, decided by a person"),
    "": pgettext_lazy("automation", "None"),
}
HEADINGS = ["month", "articles", "law", "outcome", "measure", "sanctions", "origin", "automation", "ending"]
# Weightiest first: where one decision has several appeals, the one that changed most counts.
APPEALS = ("overturned", "varied", "upheld")


def decisions(article=""):
    """The decisions of the register, with what a line shows in a fixed number of queries.

    `article` is the code of one: those that cite it, in whichever version of the charter.
    """
    found = Decision.objects.prefetch_related("articles__texts", "sanctions", "appeals")
    if article:
        cited = DecisionArticle.objects.filter(decision=OuterRef("pk"), article__code=article)
        found = found.filter(Exists(cited))
    return found


@dataclass
class Entry:
    """A line of the register, from a decision of `decisions()`."""

    decision: Decision

    @property
    def month(self):
        """The month of the decision, as its first day: the day itself might tell whom it concerned."""
        return self.decision.decided_at.astimezone(BRUSSELS).date().replace(day=1)

    @cached_property
    def articles(self):
        return sorted(self.decision.articles.all(), key=lambda article: article.number)

    @property
    def law(self):
        """Was the law the ground, beside the charter or alone?"""
        return bool(self.decision.legal_ground)

    @property
    def is_breach(self):
        return self.decision.outcome == Decision.Outcome.ACT

    @property
    def measures(self):
        """What was done, in words: on the content, then on the person."""
        content = [MEASURES[self.decision.measure]] if self.decision.measure else []
        return content + [Sanction.Kind(kind).label for kind in self.sanctions]

    @cached_property
    def sanctions(self):
        return sorted(sanction.kind for sanction in self.decision.sanctions.all())

    @property
    def origin(self):
        return ORIGINS[self.decision.origin]

    @property
    def automation_code(self):
        if self.decision.automated_decision:
            return "decided"
        return "found" if self.decision.automated_detection else ""

    @property
    def automation(self):
        return AUTOMATION[self.automation_code]

    @cached_property
    def ending_code(self):
        """How it ended: the outcome of its appeals, or what else undid it; empty while it simply stands."""
        appeals = self.decision.appeals.all()
        outcomes = {appeal.outcome for appeal in appeals if appeal.judged_at}
        for outcome in APPEALS:
            if outcome in outcomes:
                return outcome
        if self.decision.overturned_by in (Decision.Ending.REVIEW, Decision.Ending.WITHDRAWN):
            return self.decision.overturned_by
        return "pending" if any(appeal.judged_at is None for appeal in appeals) else ""

    @property
    def ending(self):
        return ENDINGS[self.ending_code]

    def as_data(self):
        """The line as plain data, in codes that don't change with the reader's language."""
        return {
            "month": f"{self.month:%Y-%m}",
            "articles": [article.code for article in self.articles],
            "law": self.law,
            "outcome": self.decision.outcome,
            "measure": self.decision.measure,
            "sanctions": self.sanctions,
            "origin": self.decision.origin,
            "automation": self.automation_code,
            "ending": self.ending_code,
        }


def page_as_json(piece, article):
    """A piece of the register as plain data, with the address of the next one."""
    query = f"?article={article}&" if article else "?"
    further = f"{reverse('publicity:register_json')}{query}after={piece.further}" if piece.further else None
    return {
        "decisions": [Entry(decision).as_data() for decision in piece],
        "outcomes_of_appeal": [outcome.value for outcome in Appeal.Outcome],
        "next": further,
    }


def rows(found):
    """The lines as rows of a table, their headings first; lists within a cell have spaces between."""
    yield HEADINGS
    for decision in found:
        data = Entry(decision).as_data()
        yield [" ".join(value) if isinstance(value, list) else value for value in map(data.get, HEADINGS)]
