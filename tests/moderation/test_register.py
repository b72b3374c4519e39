"""The public register: every decision, and nobody's name."""

import csv
import io

import pytest

from network.moderation import actions
from network.moderation.models import Decision
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db
PAGE, JSON, CSV = (f"/charter/register/{name}" for name in ("", "register.json", "register.csv"))


@pytest.fixture
def decided(topic, reporter, report_it, decide):
    """Decisions on so many replies of one topic, each reported."""

    def make(number, **changes):
        return [
            decide(report_it(ReplyFactory(root=topic), reporter).case, **changes) for _one in range(number)
        ]

    return make


def lines(client, address=CSV):
    text = b"".join(client.get(address).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


class TestWhatItTells:
    def test_visitors_read_what_was_applied_and_how(self, client, decided):
        decided(1)
        page = client.get(PAGE).content.decode()
        for words in ("1. Respect", "Hidden", "Reports"):
            assert words in page

    def test_it_names_nobody_and_quotes_nothing(self, client, case, decide, moderator, reporter):
        decision = decide(case, facts="He wrote a quagga.", explanation="A zanzibar.")
        actions.appeal_decision(decision, actor=case.concerned, grounds="An okapi.")
        told = client.get(PAGE).content.decode() + client.get(JSON).content.decode() + str(lines(client))
        for words in (case.concerned.name, moderator.name, reporter.name, "quagga", "zanzibar", "okapi"):
            assert words not in told
        assert f"{decision.decided_at:%Y-%m-%d}" not in told
        assert f"/decisions/{decision.pk}/" not in told

    def test_programs_get_codes_whatever_the_language(self, client, decided):
        decided(1, measure="label", label="Insulting")
        [told] = client.get(JSON, headers={"Accept-Language": "nl"}).json()["decisions"]
        decision = Decision.objects.get()
        assert told == {
            "month": f"{decision.decided_at:%Y-%m}",
            "articles": ["respect"],
            "law": False,
            "outcome": "act",
            "measure": "label",
            "sanctions": [],
            "origin": "report",
            "automation": "",
            "ending": "",
        }
        assert lines(client)[0]["articles"] == "respect"

    def test_a_dismissal_stands_there_too(self, client, case, decide):
        decide(case, outcome="dismiss", measure="")
        assert "No breach: nothing" in client.get(PAGE).content.decode()

    @pytest.mark.parametrize("outcome", ["upheld", "overturned"])
    def test_how_an_appeal_ended_is_told(self, client, case, decide, colleague, outcome):
        appeal = actions.appeal_decision(decide(case), actor=case.concerned, grounds="I said nothing wrong.")
        assert lines(client)[0]["ending"] == "pending"
        actions.judge_appeal(appeal, actor=colleague, outcome=outcome, reasons="As it was.")
        assert lines(client)[0]["ending"] == outcome

    def test_before_the_first_one_it_says_so(self, client, charter):
        assert "No decision has been taken yet" in client.get(PAGE).content.decode()
        assert client.get(JSON).json()["decisions"] == []


class TestFindingOnesWay:
    def test_it_is_filtered_by_article(self, client, charter, decided):
        decided(1)
        decided(1, articles=[charter.articles.get(code="privacy")])
        assert [line["articles"] for line in lines(client, f"{CSV}?article=privacy")] == ["privacy"]
        page = client.get(f"{PAGE}?article=privacy").content.decode()
        table = page[page.index("<tbody>") : page.index("</tbody>")]
        assert "3. Privacy" in table
        assert "Respect" not in table
        assert "No decision cites this article" in client.get(f"{PAGE}?article=cycling").content.decode()

    def test_it_pages_by_key(self, client, decided):
        decided(21)
        page = client.get(PAGE).content.decode()
        assert page.count('<th scope="row">') == 20
        further = page.split('href="?after=')[1].split('"')[0]
        assert client.get(f"{PAGE}?after={further}").content.decode().count('<th scope="row">') == 1

    def test_a_cursor_without_sense_reads_as_the_first_page(self, client, decided):
        decided(1)
        for cursor in ("x", "1~", "~~", "9" * 40):
            assert client.get(f"{PAGE}?after={cursor}").status_code == 200

    def test_programs_are_led_on(self, client, decided, monkeypatch):
        monkeypatch.setattr("network.moderation.publicity.views.PIECE", 2)
        decided(3)
        first = client.get(JSON).json()
        assert len(first["decisions"]) == 2
        last = client.get(first["next"]).json()
        assert (len(last["decisions"]), last["next"]) == (1, None)

    @pytest.mark.parametrize("number", [2, 20])
    def test_the_number_of_decisions_costs_no_query(self, client, decided, number, django_assert_num_queries):
        decided(number)
        client.get(PAGE)
        with django_assert_num_queries(7):
            client.get(PAGE)

    def test_who_is_suspended_may_read_it(self, client_of, charter):
        client = client_of(MemberFactory(suspended=True))
        assert client.get(PAGE).status_code == 200
        assert client.get("/charter/transparency/").status_code == 200
