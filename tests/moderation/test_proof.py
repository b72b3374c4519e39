"""What proves what happened: the command that verifies the history, and the file of a case."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from network.core.models import AuditEntry
from network.moderation import actions
from network.moderation.history import flaws
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def past_the_trigger(statement):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table moderation_caseevent disable trigger case_event_append_only")
        cursor.execute(statement)
        cursor.execute("alter table moderation_caseevent enable trigger case_event_append_only")


@pytest.fixture
def lived(case, moderator, decide):
    """A case with a history."""
    actions.note_case(case, actor=moderator, text="Éviter « l'excès » — 100 %")
    decide(case)
    return case


class TestVerifying:
    def test_an_untouched_history_verifies(self, lived, capsys):
        call_command("verify_history")
        assert "are as they were written" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "change",
        [
            "verb = 'closed'",
            "data = '{\"before\": 1}'",
            "at = at + '1 s'",
            "actor_id = null",
            "digest = md5('x')",
        ],
    )
    def test_whatever_was_changed_is_found(self, lived, change, capsys):
        past_the_trigger(f"update moderation_caseevent set {change} where verb = 'noted'")  # noqa: S608
        with pytest.raises(CommandError):
            call_command("verify_history")
        assert f"Case {lived.pk}, event" in capsys.readouterr().err

    @pytest.mark.parametrize("verb", ["noted", "decided"])
    def test_what_was_removed_is_found_even_at_the_end(self, lived, verb):
        past_the_trigger(f"delete from moderation_caseevent where verb = '{verb}'")  # noqa: S608
        assert "it is gone" in {flaw.what for flaw in flaws()}

    def test_purging_breaks_nothing(self, lived):
        with connection.cursor() as cursor:
            cursor.execute("update moderation_caseevent set data = '{}', purged_at = now()")
        assert list(flaws()) == []
        assert list(flaws(lived)) == []


class TestTheFile:
    def address(self, case):
        return f"/admin/moderation/cases/{case.pk}/export/"

    def test_a_moderator_takes_it_for_a_request_that_is_written_down(
        self, client_of, lived, moderator, reporter
    ):
        answer = client_of(moderator).post(self.address(lived), {"reason": "Public prosecutor, BR-2026-17"})
        document = answer.content.decode()
        assert "attachment" in answer.headers["Content-Disposition"]
        for words in (
            "He insults us.",
            "You are all incompetent.",
            reporter.name,
            "BR-2026-17",
            "Every seal",
        ):
            assert words in document
        for outside in ("<script", "<link", 'src="', "{%"):
            assert outside not in document
        assert lived.events.filter(verb="exported", actor=moderator).exists()
        assert AuditEntry.objects.filter(verb="exported_case", actor=moderator).exists()

    def test_an_administrator_may_too(self, client_of, lived):
        sofie = MemberFactory(roles=["administrator"])
        client = client_of(sofie)
        assert client.get(self.address(lived)).status_code == 200
        assert client.post(self.address(lived), {"reason": "Data protection authority"}).status_code == 200

    def test_without_a_request_there_is_none(self, client_of, lived, moderator):
        page = client_of(moderator).post(self.address(lived), {"reason": " "}).content.decode()
        assert "Say which request this is for" in page
        assert not lived.events.filter(verb="exported").exists()

    def test_nobody_else_gets_it(self, client, client_of, lived, reporter):
        concerned, editor = lived.concerned, MemberFactory(roles=["editor"])
        for member in (concerned, reporter, editor, MemberFactory()):
            answer = client_of(member).post(self.address(lived), {"reason": "Curiosity"})
            assert answer.status_code in (302, 403, 404)
        assert client.post(self.address(lived), {"reason": "Curiosity"}).status_code == 302
        assert not lived.events.filter(verb="exported").exists()

    def test_nor_does_a_moderator_or_administrator_who_is_a_party(
        self, client_of, report_it, reply, moderator
    ):
        case = report_it(reply, moderator).case
        assert client_of(moderator).get(self.address(case)).status_code == 404

    def test_a_broken_history_says_so(self, client_of, lived, moderator):
        past_the_trigger("update moderation_caseevent set verb = 'closed' where verb = 'noted'")
        document = client_of(moderator).post(self.address(lived), {"reason": "Court"}).content.decode()
        assert "some of its seals are broken" in document
