"""Decisions, reports and cases as the pages show them."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from network.conversation.differences import lines_between
from network.conversation.permissions import can_read_on

from .actions.sanctions import WARNED_FOR
from .actions.terms import draft_decision, draft_sanctions, unpack_terms
from .models import Appeal, Case, Decision, Report
from .permissions import (
    can_appeal_as_visitor,
    can_appeal_decision,
    can_ask_author,
    can_confirm_decision,
    can_decide_case,
    can_handle_case,
    can_moderate_case,
    can_withdraw_decision,
)
from .querysets import colleagues_for, proposal_among, question_of, with_version, words_around
from .statements import next_step, statement, title_of

STATES_FOR_REPORTERS = {
    Case.State.RECEIVED: _("Received: a moderator will look at it"),
    Case.State.IN_REVIEW: _("A moderator is looking at it"),
    Case.State.WAITING: _("A moderator waits for the author's answer"),
    Case.State.DECIDED: _("Decided"),
    Case.State.APPEALED: _("Decided; an appeal is being judged"),
    Case.State.CLOSED: _("Decided and closed"),
    Case.State.VOID: _("Closed without a decision"),
}

# How many decisions stand beside a case, to compare with: about the same person, and on the same articles.
EARLIER_DECISIONS, SIMILAR_DECISIONS = 10, 5


@dataclass
class ReportReading:
    """One of a member's own reports."""

    report: Report

    @property
    def state(self):
        return STATES_FOR_REPORTERS[self.report.case.state]

    @property
    def decision(self):
        """The last decision in its case, or None. Prefetch `latest_decisions`."""
        decisions = self.report.case.latest_decisions
        return decisions[0] if decisions else None

    @property
    def outcome(self):
        return title_of(self.decision) if self.decision else ""

    @property
    def is_open(self):
        return self.report.case.is_open


class DecisionReading:
    """A decision as one reader may read it."""

    def __init__(self, decision, reader, *, report=None):
        """`report` is that of a visitor who came by the signed address."""
        self.decision = decision
        self.reader = reader
        self.report = report
        self.is_concerned = decision.case.concerned_id == reader.pk
        self.moderates = bool(
            not self.is_concerned
            and (
                can_moderate_case(reader, decision.case)
                or (decision.decided_by_id == reader.pk and can_handle_case(reader, decision.case))
            )
        )

    @property
    def full(self):
        """May the reader read what was written to the person concerned?"""
        return self.is_concerned or self.moderates

    @cached_property
    def appeal(self):
        """The reader's own appeal against it, or None."""
        who = {"report": self.report} if self.report else {"appellant": self.reader}
        return self.decision.appeals.filter(**who).first()

    @cached_property
    def may_appeal(self):
        if self.report:
            return bool(can_appeal_as_visitor(self.report, self.decision))
        return bool(can_appeal_decision(self.reader, self.decision))

    @cached_property
    def snapshot(self):
        """What was said, as it was when it was reported or looked into.

        Somebody who reported and has left the place since doesn't read on in it.
        """
        contribution = self.decision.case.contribution
        if not self.full and contribution and not can_read_on(self.reader, contribution):
            return {}
        return snapshot_in(self.decision.case)

    @cached_property
    def statement(self):
        """The context of `components/statement.html`."""
        context = statement(
            self.decision, self.decision.articles.all(), self.decision.sanctions.all(), full=self.full
        )
        if self.may_appeal and not self.report:
            context["appeal_url"] = reverse("moderation:appeal", args=[self.decision.pk])
        return context


def snapshot_in(case):
    """The words as they were when the case began: of its first report, or of the moderator who opened it."""
    first = case.reports.order_by("pk").values_list("snapshot", flat=True).first()
    if first:
        return first
    opened = case.events.filter(verb="opened").values_list("data", flat=True).first()
    return (opened or {}).get("snapshot", {})


class QuestionReading:
    """What the moderators ask an author, as the author reads it."""

    def __init__(self, case):
        self.case = case
        self.asked = question_of(case)

    @property
    def question(self):
        return self.asked.data["question"]

    @property
    def due_at(self):
        """Until when the answer is waited for; None once the time went by and the case goes on."""
        return self.case.answer_due_at


@dataclass
class ReporterReading:
    """One report as moderators read it, with how the reporter's earlier ones ended."""

    report: Report
    right: int
    wrong: int

    @property
    def trust(self):
        """What the report counts for, in percent."""
        return round(self.report.weight * 100)


class CaseReading:
    """A case as its moderators read it."""

    def __init__(self, case, reader):
        self.case = case
        self.reader = reader

    @cached_property
    def _reports(self):
        reports = Prefetch("reports", Report.objects.for_moderators())
        prefetch_related_objects([self.case], reports)
        return list(self.case.reports.all())

    @cached_property
    def _with_articles(self):
        """The reports and the decisions of the case, whose articles get their texts together."""
        decisions = [decision for decision in self.all_decisions if decision.case_id == self.case.pk]
        prefetch_related_objects(decisions, with_version("articles"))
        cited = [article for item in (*self._reports, *decisions) for article in item.articles.all()]
        prefetch_related_objects(cited, "texts")
        for decision in decisions:
            # What is known of the case by now isn't asked again.
            decision.case = self.case
        return self._reports, decisions

    @property
    def reports(self):
        """The reports, the oldest first."""
        return self._with_articles[0]

    @cached_property
    def reporters(self):
        """The reports, each with how many of the reporter's earlier ones were followed and were not."""
        return [
            ReporterReading(report, *self.accuracy.get(report.reporter_id, (0, 0))) for report in self.reports
        ]

    @cached_property
    def accuracy(self):
        """How the reports of those who reported, and of the person concerned, ended: {key: (right, wrong)}."""
        members = [report.reporter_id for report in self.reports if report.reporter_id]
        return Report.objects.accuracy_of([*members, self.case.concerned_id])

    def articles_of(self, charter):
        """The articles of this charter that the reports invoke, by their codes."""
        return [article for article in charter.articles.all() if article.code in self.codes]

    @cached_property
    def snapshot(self):
        return self.reports[0].snapshot if self.reports else snapshot_in(self.case)

    @property
    def has_changed(self):
        """Do the words differ from those that were reported?"""
        contribution = self.case.contribution
        return bool(contribution and contribution.body != self.snapshot.get("body"))

    @cached_property
    def changes(self):
        """What the author changed since it was reported, line by line."""
        return lines_between(self.snapshot.get("body", ""), self.case.contribution.body)

    @cached_property
    def asked(self):
        """The last time that the author was asked something: the event, or None."""
        return next((event for event in reversed(self.events) if event.verb == "asked"), None)

    @cached_property
    def changes_since_asked(self):
        """What the author changed since then, line by line; empty where nothing changed."""
        contribution = self.case.contribution
        before = self.asked.data.get("snapshot", {}).get("body", "") if self.asked else ""
        return lines_between(before, contribution.body) if before and before != contribution.body else []

    @cached_property
    def answer(self):
        """What the author answered last, or ""."""
        answered = [event for event in self.events if event.verb == "answered"]
        return answered[-1].data.get("answer", "") if answered else ""

    @cached_property
    def notes(self):
        """What the moderators noted for each other, the oldest first."""
        return [
            event for event in self.events if event.verb in ("noted", "escalated") and event.data.get("text")
        ]

    @cached_property
    def person(self):
        """What is known of the person concerned: {"contributions", "breaches", "right", "wrong", "proposed"}."""
        concerned = self.case.concerned
        right, wrong = self.accuracy.get(concerned.pk, (0, 0))
        return {
            "contributions": concerned.contribution_count,
            "since": concerned.date_joined,
            "right": right,
            "wrong": wrong,
            "proposed": self.proposed_step,
        }

    @cached_property
    def proposed_step(self):
        """What comes next after the warnings of the last twelve months, in words; nothing follows by itself."""
        since = timezone.now() - WARNED_FOR
        sanctions = [sanction for decision in self.earlier_decisions for sanction in decision.sanctions.all()]
        return next_step(
            sanction for sanction in sanctions if sanction.voided_at is None and sanction.starts_at >= since
        )

    @cached_property
    def colleagues(self):
        return list(colleagues_for(self.case, self.reader))

    @cached_property
    def around(self):
        """The replies before and after, as (before, after)."""
        return words_around(self.case.contribution) if self.case.contribution else ([], [])

    @cached_property
    def codes(self):
        """The codes of the articles that the reports invoke."""
        return {article.code for report in self._reports for article in report.articles.all()}

    @cached_property
    def all_decisions(self):
        """The decisions of the case and those to compare with, the oldest first: fetched together."""
        found = Decision.objects.for_case(
            self.case, self.codes, earlier=EARLIER_DECISIONS, similar=SIMILAR_DECISIONS
        )
        return list(found)

    @cached_property
    def earlier_decisions(self):
        """The last decisions that found a breach by the person concerned, the newest first."""
        concerned = self.case.concerned_id
        found = [
            decision
            for decision in reversed(self.all_decisions)
            if decision.case_id != self.case.pk
            and decision.case.concerned_id == concerned
            and decision.outcome == Decision.Outcome.ACT
        ]
        return found[:EARLIER_DECISIONS]

    @property
    def similar_decisions(self):
        """The last decisions of other cases on the same articles, the newest first."""
        return [decision for decision in reversed(self.all_decisions) if decision.is_similar]

    @property
    def decisions(self):
        """Those of this case, the oldest first."""
        return self._with_articles[1]

    @cached_property
    def events(self):
        return list(self.case.events.select_related("actor"))

    @cached_property
    def proposal(self):
        return proposal_among(self.events) if self.case.is_open else None

    @cached_property
    def proposed_statement(self):
        """The statement of the exclusion that waits for a second moderator, as the person would read it."""
        terms = unpack_terms(self.proposal.data)
        draft = draft_decision(self.case, terms)
        return statement_for_concerned(draft, terms.articles, draft_sanctions(terms))

    @property
    def statements(self):
        """The decisions of the case, each with its statement as the person concerned reads it."""
        return [
            {
                "decision": decision,
                "statement": statement_for_concerned(
                    decision, decision.articles.all(), decision.sanctions.all()
                ),
            }
            for decision in self.decisions
        ]

    @cached_property
    def appeals(self):
        if not any(event.verb == "appealed" for event in self.events):
            return []
        return list(Appeal.objects.filter(decision__case=self.case).for_list().order_by("pk"))

    @property
    def is_mine(self):
        return self.case.moderator_id == self.reader.pk

    @cached_property
    def withdrawable(self):
        """The decision of this case that the reader may take back, or None: at most one stands."""
        standing = next((decision for decision in self.decisions if not decision.overturned_at), None)
        return standing if standing and can_withdraw_decision(self.reader, standing) else None

    @cached_property
    def may(self):
        """What the reader may do with the case."""
        decide = bool(can_decide_case(self.reader, self.case))
        return {
            "decide": decide,
            "ask": bool(can_ask_author(self.reader, self.case)),
            "withdraw": self.withdrawable,
            "take": self.case.is_open and not self.is_mine,
            "give_back": decide and self.is_mine,
            "confirm": bool(self.proposal and can_confirm_decision(self.reader, self.case)),
        }


def statement_for_concerned(decision, articles, sanctions):
    """A statement of reasons in the language of the person it is about."""
    with override(decision.language):
        return statement(decision, articles, sanctions, full=True)
