"""What is reported, decided and appealed."""

from datetime import timedelta

from django.utils import timezone

from network.moderation.actions import (
    appeal_decision,
    decide_case,
    judge_appeal,
    report_contribution,
    take_case,
)
from network.moderation.models import Case, Sanction
from network.moderation.statements import composed

from .house import MINUTE
from .world import read


def plan(world, timeline):
    """Each case from its report on, as far as it has come."""
    for row in read("cases")["case"]:
        case = {}
        timeline.at(row["days_ago"], _report, world, case, row)
        for other in row.get("also", ()):
            timeline.at(other["days_ago"], _report, world, case, row | other)
        if "taken_by" in row:
            timeline.at(row["days_ago"] / 2, _take, world, case, row["taken_by"])
        if "decider" not in row:
            continue
        timeline.at(row["decided_days_ago"] + 10 * MINUTE, _take, world, case, row["decider"])
        timeline.at(row["decided_days_ago"], _decide, world, case, row)
        if appeal := row.get("appeal"):
            timeline.at(appeal["days_ago"], _appeal, world, case, appeal)
            if "judge" in appeal:
                timeline.at(appeal["judged_days_ago"], _judge, world, case, row)


def _report(world, case, row):
    place = [row["group"], row["topic"]]
    if "reply" in row:
        place.append(row["reply"])
    report = report_contribution(
        world.said[tuple(place)],
        actor=world.members[row["reporter"]],
        explanation=row["what_happened"],
        articles=_articles(world, row),
        good_faith=True,
    )
    case["key"] = report.case_id


def _articles(world, row):
    return [world.articles[code] for code in row["articles"]]


def _now(case):
    return Case.objects.select_related("contribution__space", "contribution__root", "concerned").get(
        pk=case["key"]
    )


def _take(world, case, moderator):
    take_case(_now(case), actor=world.members[moderator])


def _decide(world, case, row):
    current = _now(case)
    decision = decide_case(
        current, actor=world.members[row["decider"]], version=current.version, **_terms(world, current, row)
    )
    case["decision"] = decision


def _terms(world, case, row):
    articles = _articles(world, row)
    return {
        "outcome": row["outcome"],
        "measure": row.get("measure", ""),
        "label": row.get("label", ""),
        "facts": row["facts"],
        "explanation": row["explanation"],
        "scope": composed(case, articles)["scope"],
        "articles": articles,
        "sanction": _sanction(row.get("sanction")),
    }


def _sanction(row):
    if row is None:
        return None
    lasts = timedelta(days=row["days"])
    return {
        "kind": row["kind"],
        "ends_at": None if row["kind"] == Sanction.Kind.REMINDER else timezone.now() + lasts,
    }


def _appeal(world, case, row):
    appellant = world.members[row["appellant"]]
    case["appeal"] = appeal_decision(case["decision"], actor=appellant, grounds=row["text"])


def _judge(world, case, row):
    """What is decided anew differs from the first decision by its reasons and its measure on the person."""
    appeal = row["appeal"]
    anew = row | {"explanation": appeal["explanation"], "sanction": appeal.get("sanction")}
    judge_appeal(
        case["appeal"],
        actor=world.members[appeal["judge"]],
        outcome=appeal["outcome"],
        reasons=appeal["explanation"],
        terms=_terms(world, _now(case), anew) if appeal["outcome"] == "varied" else None,
    )
