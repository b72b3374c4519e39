"""The figures of a period, counted from what moderation did in it.

What is counted of a period never changes once it is over: each thing counts in the period in which it happened
(a report when it arrived, an appeal when it was judged). `counted` gives the whole truth, for the database;
`publishable` what may be told of it.
"""

from datetime import date, datetime, time

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q

from network.conversation.models import Contribution, Reaction, ReadingPosition

from ..deadlines import BRUSSELS, months_later
from ..models import Appeal, Case, CaseEvent, Decision, Report, ReportArticle, Sanction

# A number of things smaller than this, zero excepted, is not told: it might be somebody.
FEWEST = 5

# The families of figures. Those whose parts add up say under which name their sum is told.
SUMS = {"reports": "total", "decisions": "total", "automation": "total", "appeals_judged": "total"}
FAMILIES = (
    "reports",
    "reports_by_article",
    "reports_of_illegality",
    "own_initiative",
    "decisions",
    "measures_on_content",
    "measures_on_people",
    "automation",
    "appeals_received",
    "appeals_judged",
    "withdrawn",
    "active_members",
)
MEDIANS = ("hours_to_decision", "hours_to_judgment")


class Median(Aggregate):
    """The middle value."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def bounds(period):
    """First and last moment, the last excluded, of a period "2026-11" or "2026": midnights in Brussels."""
    year, _dash, month = period.partition("-")
    begin = date(int(year), int(month or 1), 1)
    end = months_later(begin, 1 if month else 12)
    return tuple(datetime.combine(day, time.min, tzinfo=BRUSSELS) for day in (begin, end))


def _within(begin, end, field):
    return {f"{field}__gte": begin, f"{field}__lt": end}


def _by(rows, key):
    return {row[key]: row["count"] for row in rows}


def counted(begin, end):
    """Every figure of the time from `begin` to `end`, the end excluded: {family: {cell: number}}.

    Medians are in hours, beside the number of what they are of.
    """
    return {
        "reports": Report.objects.filter(**_within(begin, end, "created_at")).aggregate(
            members=Count("pk", filter=Q(reporter__isnull=False)),
            visitors=Count("pk", filter=Q(reporter=None)),
        ),
        "reports_by_article": _by(
            ReportArticle.objects.filter(**_within(begin, end, "report__created_at"))
            .values("article__code")
            .annotate(count=Count("report", distinct=True)),
            "article__code",
        ),
        "reports_of_illegality": {
            "count": Report.objects.filter(illegality=True, **_within(begin, end, "created_at")).count()
        },
        "own_initiative": {
            "count": Case.objects.filter(own_initiative=True, **_within(begin, end, "opened_at")).count()
        },
        **_decided(begin, end),
        **_automation(begin, end),
        **_appeals(begin, end),
        "active_members": {"count": _active_members(begin, end)},
    }


def _decided(begin, end):
    decisions = Decision.objects.filter(**_within(begin, end, "decided_at"))
    by_people = Q(decided_by__isnull=False)
    took = ExpressionWrapper(F("decided_at") - F("case__opened_at"), DurationField())
    found = decisions.aggregate(
        breach=Count("pk", filter=by_people & Q(outcome="act")),
        no_breach=Count("pk", filter=by_people & Q(outcome="dismiss")),
        automatic=Count("pk", filter=Q(decided_by=None)),
        **{
            measure.value: Count("pk", filter=Q(measure=measure))
            for measure in Decision.Measure
            if measure.value
        },
        median=Median(took, filter=by_people & Q(origin="report")),
        timed=Count("pk", filter=by_people & Q(origin="report")),
    )
    sanctions = Sanction.objects.filter(**_within(begin, end, "decision__decided_at")).values("kind")
    kinds = _by(sanctions.annotate(count=Count("pk")), "kind")
    return {
        "decisions": {name: found[name] for name in ("breach", "no_breach", "automatic")},
        "measures_on_content": {
            measure.value: found[measure.value] for measure in Decision.Measure if measure.value
        },
        "measures_on_people": {kind.value: kinds.get(kind.value, 0) for kind in Sanction.Kind},
        "hours_to_decision": _hours(found["median"], found["timed"]),
    }


def _hours(median, number):
    return {"median": round(median.total_seconds() / 3600, 1) if number else None, "count": number}


def _automation(begin, end):
    looked_at = CaseEvent.objects.filter(verb="reviewed", **_within(begin, end, "at")).aggregate(
        confirmed=Count("pk", filter=Q(data__confirmed=True)),
        erred=Count("pk", filter=Q(data__confirmed=False)),
    )
    withdrawn = Decision.objects.filter(overturned_by="withdrawn", **_within(begin, end, "overturned_at"))
    return {"automation": looked_at, "withdrawn": {"count": withdrawn.count()}}


def _appeals(begin, end):
    judged = Appeal.objects.filter(**_within(begin, end, "judged_at"))
    took = ExpressionWrapper(F("judged_at") - F("created_at"), DurationField())
    found = judged.aggregate(
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Appeal.Outcome},
        median=Median(took),
        timed=Count("pk"),
    )
    return {
        "appeals_received": {"count": Appeal.objects.filter(**_within(begin, end, "created_at")).count()},
        "appeals_judged": {outcome.value: found[outcome.value] for outcome in Appeal.Outcome},
        "hours_to_judgment": _hours(found["median"], found["timed"]),
    }


def _active_members(begin, end):
    """How many different members read, posted or reacted; counted soon after the period, while it is known."""
    read = ReadingPosition.objects.filter(**_within(begin, end, "read_at")).values("member")
    posted = Contribution.objects.filter(**_within(begin, end, "released_at")).values("author")
    reacted = Reaction.objects.filter(**_within(begin, end, "at")).values("member")
    return read.order_by().union(posted.order_by(), reacted.order_by()).count()


def _tells(hidden):
    """Would the sum of these hidden numbers give one of them away?"""
    return len(hidden) == 1 or (
        len(hidden) > 1 and (max(hidden) == 1 or min(hidden) == max(hidden) == FEWEST - 1)
    )


def _hide(cells, hidden, total):
    """Which cells stay hidden once others can't give them back, and whether their sum may be told."""
    hidden = hidden | {name for name, number in cells.items() if 0 < number < FEWEST}
    while total and hidden and _tells([cells[name] for name in hidden]):
        shown = [name for name in cells if name not in hidden and cells[name]]
        if not shown:
            return hidden, False
        hidden = hidden | {min(shown, key=lambda name: (cells[name], name))}
    return hidden, True


def publishable(raw, parts=()):
    """What may be told of the figures of a period: {family: {cell: number, or None where it is hidden}}.

    `parts` are pairs of raw and told figures of the periods that this one is made of (the months of a year):
    what they hide, the whole doesn't give back.
    """
    told = {}
    for family in FAMILIES:
        cells = raw[family]
        forced = {name for name in cells if _parts_tell(family, name, parts)}
        hidden, sum_may_be_told = _hide(cells, forced, family in SUMS)
        told[family] = {name: None if name in hidden else number for name, number in cells.items()}
        if family in SUMS:
            total = sum(cells.values())
            is_hidden = 0 < total < FEWEST or not sum_may_be_told or _parts_tell_sum(family, parts)
            told[family][SUMS[family]] = None if is_hidden else total
    for family in MEDIANS:
        told[family] = {"median": raw[family]["median"] if raw[family]["count"] >= FEWEST else None}
    return told


def _parts_tell(family, name, parts):
    hidden = [raw[family][name] for raw, told in parts if told[family].get(name, 0) is None]
    return bool(hidden) and _tells(hidden)


def _parts_tell_sum(family, parts):
    hidden = [sum(raw[family].values()) for raw, told in parts if told[family].get(SUMS[family], 0) is None]
    return bool(hidden) and _tells(hidden)
