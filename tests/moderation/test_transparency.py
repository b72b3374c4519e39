"""The figures of each period: right, told to everybody, and giving nobody away."""

import csv
import io
from collections import Counter
from datetime import timedelta
from statistics import median
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.core.schedule import jobs
from network.moderation import actions
from network.moderation.deadlines import BRUSSELS, months_later
from network.moderation.models import Appeal, Case, CaseEvent, Decision, PeriodFigures, Report
from network.moderation.publicity.actions import count_figures
from network.moderation.publicity.figures import FAMILIES, FEWEST, SUMS, bounds, counted, publishable
from tests.factories import InstitutionFactory, MemberFactory, ReplyFactory, TopicFactory

PAGE, JSON, CSV = (f"/charter/transparency/{name}" for name in ("", "figures.json", "figures.csv"))


def this_month():
    return f"{timezone.now().astimezone(BRUSSELS):%Y-%m}"


@pytest.fixture
def month_is_over(monkeypatch):
    """Count as if today were in the next month (or so many months from now)."""

    def count(months=1):
        day = months_later(timezone.now().astimezone(BRUSSELS).replace(day=1), months)
        monkeypatch.setattr(
            "network.moderation.publicity.actions.timezone",
            SimpleNamespace(now=lambda: day + timedelta(hours=1)),
        )
        return count_figures()

    return count


@pytest.fixture
def busy(topic, reporter, report_it, decide, colleague, moderator, charter):
    """A month in which everything happened at least once."""
    privacy = charter.articles.get(code="privacy")
    decisions = [
        decide(report_it(ReplyFactory(root=topic), MemberFactory(), articles=articles).case, **changes)
        for articles, changes in (
            ([privacy], {}),
            ([privacy, charter.articles.get(code="respect")], {"measure": "remove"}),
            ([privacy], {"measure": "label", "label": "Insulting"}),
            ([privacy], {"outcome": "dismiss", "measure": ""}),
            ([privacy], {}),
            ([privacy], {}),
        )
    ]
    for decision, outcome in zip(decisions, ("upheld", "overturned"), strict=False):
        appeal = actions.appeal_decision(decision, actor=decision.case.concerned, grounds="No.")
        actions.judge_appeal(appeal, actor=colleague, outcome=outcome, reasons="Yes.")
    actions.appeal_decision(decisions[2], actor=decisions[2].case.concerned, grounds="No.")
    actions.withdraw_decision(decisions[4], actor=moderator, reason="It was wrong.")
    actions.open_case(ReplyFactory(root=topic), actor=moderator)
    report_it(TopicFactory(), reporter, illegality=True)
    return decisions


def from_events():
    """The figures, from the history of cases alone and what its events point to."""
    figures = {family: Counter() for family in FAMILIES}
    hours = []
    for event in CaseEvent.objects.order_by("pk"):
        if event.verb == "reported":
            report = Report.objects.get(pk=event.data["report"])
            figures["reports"]["members" if report.reporter_id else "visitors"] += 1
            figures["reports_by_article"].update(report.articles.values_list("code", flat=True))
            figures["reports_of_illegality"]["count"] += report.illegality
        elif event.verb == "opened":
            figures["own_initiative"]["count"] += 1
        elif event.verb in ("decided", "hidden_automatically"):
            decision = Decision.objects.get(pk=event.data["decision"])
            by_people = event.verb == "decided"
            name = ("breach" if decision.outcome == "act" else "no_breach") if by_people else "automatic"
            figures["decisions"][name] += 1
            figures["measures_on_content"][decision.measure] += bool(decision.measure)
            figures["measures_on_people"].update(decision.sanctions.values_list("kind", flat=True))
            if by_people and decision.origin == "report":
                opened = Case.objects.get(pk=event.case_id).opened_at
                hours.append((decision.decided_at - opened).total_seconds() / 3600)
        elif event.verb == "reviewed":
            figures["automation"]["confirmed" if event.data["confirmed"] else "erred"] += 1
        elif event.verb == "appealed":
            figures["appeals_received"]["count"] += 1
        elif event.verb == "judged":
            figures["appeals_judged"][Appeal.objects.get(pk=event.data["appeal"]).outcome] += 1
        elif event.verb == "withdrawn":
            figures["withdrawn"]["count"] += 1
    return figures, round(median(hours), 1)


@pytest.mark.django_db
class TestCounting:
    def test_figures_recomputed_from_the_events_agree(self, busy):
        raw = counted(*bounds(this_month()))
        figures, hours = from_events()
        for family in FAMILIES:
            if family != "active_members":
                found = {cell: number for cell, number in raw[family].items() if number}
                assert found == {cell: number for cell, number in figures[family].items() if number}, family
        assert raw["hours_to_decision"] == {"median": hours, "count": 6}
        assert raw["reports_by_article"] == {"privacy": 6, "respect": 2}

    def test_automation_and_how_often_it_erred(self, reply, report_it, decide):
        for number in range(3):
            report_it(reply, _trusted(number))
        case = Case.objects.get(contribution=reply)
        assert counted(*bounds(this_month()))["decisions"]["automatic"] == 1
        decide(case, outcome="dismiss", measure="")
        raw = counted(*bounds(this_month()))
        assert raw["automation"] == {"confirmed": 0, "erred": 1}
        assert from_events()[0]["automation"] == {"erred": 1}

    def test_members_who_read_wrote_or_reacted_count_once(self, topic):
        author = MemberFactory()
        ReplyFactory(root=topic, author=author)
        ReplyFactory(root=topic, author=author)
        assert counted(*bounds(this_month()))["active_members"]["count"] == 2

    def test_a_period_ends_at_midnight_in_brussels(self):
        begin, end = bounds("2026-10")
        assert (begin.isoformat(), end.isoformat()) == (
            "2026-10-01T00:00:00+02:00",
            "2026-11-01T00:00:00+01:00",
        )
        assert [moment.year for moment in bounds("2026")] == [2026, 2027]

    def test_a_month_is_counted_once_it_is_over(self, busy, month_is_over):
        count_figures()
        assert not PeriodFigures.objects.filter(period=this_month()).exists()
        month_is_over()
        figures = PeriodFigures.objects.get(period=this_month())
        assert month_is_over() == 0
        busy[0].refresh_from_db()
        assert PeriodFigures.objects.get(period=this_month()).counted_at == figures.counted_at

    def test_a_year_follows_its_months(self, busy, month_is_over):
        month_is_over(14)
        year = this_month()[:4]
        assert PeriodFigures.objects.get(period=year).raw["reports"]["members"] == 7

    def test_the_job_is_registered(self):
        assert "network.moderation.publicity.tasks.count_figures" in {job.name for job in jobs()}


def _trusted(number):
    return MemberFactory(
        institution=InstitutionFactory(),
        date_joined=timezone.now() - timedelta(days=400),
        contribution_count=5 + number,
    )


@pytest.mark.django_db
class TestPage:
    def test_everybody_reads_them_as_page_and_data(self, client, busy, month_is_over):
        month_is_over()
        page = client.get(PAGE).content.decode()
        for words in ("Articles that reports invoke", "3. Privacy", "Reports a month", "<svg"):
            assert words in page
        [told] = [row for row in client.get(JSON).json()["periods"] if row["period"] == this_month()]
        assert told["figures"]["reports_by_article"] == {"privacy": 6, "respect": None}
        text = b"".join(client.get(CSV).streaming_content).decode()
        rows = {(row["family"], row["figure"]): row["value"] for row in csv.DictReader(io.StringIO(text))}
        assert rows["reports_by_article", "privacy"] == "6"
        assert rows["reports_by_article", "respect"] == ""

    def test_what_is_hidden_is_not_in_the_page_either(self, client, busy, month_is_over):
        month_is_over()
        assert "not told</td>" in client.get(PAGE).content.decode()

    def test_another_period_is_chosen(self, client, busy, month_is_over):
        month_is_over(14)
        year = this_month()[:4]
        assert f"<h2>{year}</h2>" in client.get(f"{PAGE}?period={year}").content.decode()
        for nonsense in ("2026-13", "x", "'"):
            assert client.get(f"{PAGE}?period={nonsense}").status_code == 200

    def test_before_the_first_month_is_over_it_says_so(self, client, charter):
        assert "There are no figures yet" in client.get(PAGE).content.decode()

    @pytest.mark.parametrize("months", [2, 20])
    def test_the_number_of_periods_costs_no_query(
        self, client, busy, month_is_over, months, django_assert_num_queries
    ):
        month_is_over(months)
        client.get(PAGE)
        with django_assert_num_queries(3):
            client.get(PAGE)


# Neither the time nor the machine it runs on matters to what is asked.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


def raw_of(cells):
    raw = {family: {} for family in FAMILIES}
    raw["reports"] = cells
    return raw | {name: {"median": 1.5, "count": 9} for name in ("hours_to_decision", "hours_to_judgment")}


class TestHiding:
    """The sum and the cells told leave more than one possibility for each cell that is hidden."""

    @patiently
    @given(CELLS)
    def test_nothing_from_one_to_four_is_told(self, cells):
        told = publishable(raw_of(cells))["reports"]
        assert all(number is None or number == 0 or number >= FEWEST for number in told.values())

    @patiently
    @given(CELLS)
    def test_the_sum_gives_no_hidden_number_back(self, cells):
        told = publishable(raw_of(cells))["reports"]
        hidden = [cells[name] for name in cells if told[name] is None]
        if told[SUMS["reports"]] is not None and hidden:
            assert len(hidden) > 1
            assert set(hidden) not in ({1}, {FEWEST - 1})

    @patiently
    @given(st.lists(CELLS, min_size=2, max_size=12))
    def test_a_year_gives_no_month_back(self, months):
        raws = [raw_of({name: month.get(name, 0) for name in "abcdef"}) for month in months]
        parts = [(raw, publishable(raw)) for raw in raws]
        year = {name: sum(raw["reports"][name] for raw in raws) for name in "abcdef"}
        told = publishable(raw_of(year), parts)["reports"]
        for name in year:
            hidden = [raw["reports"][name] for raw, part in parts if part["reports"][name] is None]
            if told[name] is not None and hidden:
                assert len(hidden) > 1
                assert set(hidden) not in ({1}, {FEWEST - 1})

    def test_a_median_of_few_is_not_told(self):
        raw = raw_of({"a": 0}) | {"hours_to_decision": {"median": 3.0, "count": 4}}
        told = publishable(raw)
        assert told["hours_to_decision"]["median"] is None
        assert told["hours_to_judgment"]["median"] == 1.5
