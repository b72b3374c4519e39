"""Cases: decided ones with complete statements of reasons, and some that wait."""

from datetime import timedelta

from psycopg.types.json import Jsonb

from network.moderation.models import (
    Case,
    CaseEvent,
    Decision,
    DecisionArticle,
    Report,
    ReportArticle,
)
from network.moderation.statements import redress

from .copying import copy, next_key
from .figures import END

TIME_TO_DECIDE, TIME_TO_APPEAL = timedelta(days=2), timedelta(days=183)


def seed_cases(plan, writer, charter):
    """Each case has a report, its events and, where decided, a decision that cites an article."""
    chance = plan.chance("moderation")
    articles = list(charter.articles.all())
    cases, reports, decisions = next_key(Case), next_key(Report), next_key(Decision)
    targets = [*plan.decided, *plan.undecided]
    count = len(plan.decided)
    rows = {Case: [], Report: [], ReportArticle: [], Decision: [], DecisionArticle: [], CaseEvent: []}
    for index, said in enumerate(targets):
        case, report, decision = cases + index, reports + index, decisions + index
        decided = index < count
        opened = said.at + (END - said.at) * 0.5
        at = opened + min(TIME_TO_DECIDE, (END - opened) * 0.5)
        moderator = plan.moderators[index % len(plan.moderators)]
        reporter = _other(chance, plan, said.author)
        article = articles[index % len(articles)]
        rows[Case].append(
            (
                *(case, said.key, said.author, "decided" if decided else "received"),
                *(moderator if decided else None, opened, opened + TIME_TO_DECIDE, at if decided else None),
                *(1, article.gravity),
            )
        )
        snapshot = {"title": "", "body": "", "author": "", "space": "", "url": "", "edited_at": None}
        rows[Report].append(
            (
                report,
                case,
                reporter,
                plan.language_of(reporter),
                writer.text("fr", 200)[1],
                True,
                Jsonb(snapshot),
                opened,
            )
        )
        rows[ReportArticle].append((report, article.pk))
        rows[CaseEvent].append((case, opened, reporter, "reported", Jsonb({"report": report})))
        if decided:
            rows[Decision].append(_decision(plan, writer, said, case, decision, at, moderator, charter))
            rows[DecisionArticle].append((decision, article.pk))
            rows[CaseEvent].append((case, at, moderator, "taken", Jsonb({})))
            rows[CaseEvent].append((case, at, moderator, "decided", Jsonb({"decision": decision})))
    for model, columns in COLUMNS.items():
        copy(model, columns, rows[model])


COLUMNS = {
    Case: [
        *("id", "contribution_id", "concerned_id", "state", "moderator_id", "opened_at", "due_at"),
        *("decided_at", "report_count", "gravity"),
    ],
    Report: [
        *("id", "case_id", "reporter_id", "language", "explanation", "good_faith", "snapshot", "created_at"),
    ],
    ReportArticle: ["report_id", "article_id"],
    Decision: [
        *("id", "case_id", "decided_at", "decided_by_id", "outcome", "measure", "label", "facts"),
        *("charter_id", "explanation", "scope", "indefinite", "origin", "automated_detection"),
        *("automated_decision", "redress", "appeal_until", "language"),
    ],
    DecisionArticle: ["decision_id", "article_id"],
    CaseEvent: ["case_id", "at", "actor_id", "verb", "data"],
}


def _decision(plan, writer, said, case, key, at, moderator, charter):
    language = plan.language_of(said.author)
    until = at + TIME_TO_APPEAL
    return (
        *(key, case, at, moderator, "act" if said.measure else "dismiss", said.measure),
        *("Ces chiffres sont contestés." if said.measure == "label" else "", writer.text(language, 300)[1]),
        *(charter.pk, writer.text(language, 400)[1], writer.title(language), True, "report", False),
        *(False, redress(until, language), until, language),
    )


def _other(chance, plan, member):
    """A member who isn't that one, nor a moderator."""
    while True:
        other = chance.choice(plan.members[7:])
        if other != member:
            return other
