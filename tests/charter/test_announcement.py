"""A version to come: announced for a day, told to every member, in force by itself on that day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from network.charter import actions
from network.charter.models import CharterVersion
from network.core.models import AuditEntry
from network.core.refusals import Refused
from network.core.schedule import jobs, run_due
from network.notifications.charter import tell_some_of_announcement
from network.notifications.models import Notification, OutboxMail
from tests.charter.test_gate import shown
from tests.factories import CharterFactory, MemberFactory


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", roles=["administrator"])


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


@pytest.fixture
def coming(sofie):
    """The next version, published, with one article changed."""
    draft = actions.draft_version(actor=sofie)
    text = draft.articles.get(code="respect").texts.get(language="en")
    text.text = "Respect means something more from now on."
    text.save()
    return actions.publish_version(draft, actor=sofie)


def announce(client, version, day, days=7):
    return client.post(
        reverse("charter_versions:announce", args=[version.pk]), {"day": f"{day:%Y-%m-%d}", "days": days}
    )


def in_two_weeks():
    return timezone.localdate() + timedelta(days=14)


class TestAnnouncing:
    def test_members_read_the_day_and_what_changes_beforehand(self, client_of, sofie, amina, coming):
        announce(client_of(sofie), coming, in_two_weeks())
        for page in ("/feed/", "/charter/"):
            shown = client_of(amina).get(page).content.decode()
            assert "The charter changes on" in shown
            assert f"/charter/history/{coming.number}/changes/" in shown
        assert "The charter changes on" not in client_of(amina).get("/me/profile/").content.decode()
        changes = client_of(amina).get(f"/charter/history/{coming.number}/changes/").content.decode()
        assert "It comes into force on" in changes
        assert "<ins>Respect means something more from now on.</ins>" in changes
        assert "<del>What Respect means.</del>" in changes

    def test_administrators_read_the_same_day(self, client_of, sofie, coming):
        client = client_of(sofie)
        announce(client, coming, in_two_weeks())
        page = client.get(reverse("charter_versions:inspect", args=[coming.pk])).content.decode()
        assert date_format(in_two_weeks(), "DATE_FORMAT") in page
        assert date_format(in_two_weeks() - timedelta(days=1), "DATE_FORMAT") not in page

    def test_every_member_is_told_once(self, client_of, sofie, amina, coming):
        announce(client_of(sofie), coming, in_two_weeks())
        assert tell_some_of_announcement()
        assert not tell_some_of_announcement()
        assert Notification.objects.filter(recipient=amina, kind="charter_announced").count() == 1
        assert Notification.objects.filter(recipient=sofie, kind="charter_announced").count() == 1
        assert OutboxMail.objects.filter(recipient=amina).count() == 1
        news = Notification.objects.get(recipient=amina)
        opened = client_of(amina).get(news.get_absolute_url())
        assert opened.url == f"/charter/history/{coming.number}/changes/"

    def test_batches_go_on_where_they_stopped(self, client_of, sofie, amina, coming, monkeypatch):
        monkeypatch.setattr("network.notifications.charter.AT_ONCE", 1)
        announce(client_of(sofie), coming, in_two_weeks())
        assert [tell_some_of_announcement() for _batch in range(3)] == [1, 1, 0]
        assert Notification.objects.filter(kind="charter_announced").count() == 2

    def test_the_number_of_members_costs_no_query(self, client_of, sofie, coming):
        announce(client_of(sofie), coming, in_two_weeks())

        def cost():
            CharterVersion.objects.update(told_up_to=0)
            with CaptureQueriesContext(connection) as queries:
                tell_some_of_announcement()
            return len(queries)

        cost()
        few = cost()
        MemberFactory.create_batch(20)
        cost()
        assert cost() == few

    def test_it_comes_into_force_by_itself_with_its_time_of_grace(
        self, client_of, sofie, amina, coming, charter
    ):
        announce(client_of(sofie), coming, in_two_weeks())
        run_due([job for job in jobs() if "charter.tasks" in job.name], now=0)
        coming.refresh_from_db()
        assert coming.state == "published"
        CharterVersion.objects.filter(pk=coming.pk).update(
            announced_for=timezone.now() - timedelta(minutes=1)
        )
        assert actions.enforce_announced() == 1
        assert actions.enforce_announced() == 0
        coming.refresh_from_db()
        charter.refresh_from_db()
        assert (coming.state, charter.state) == ("in_force", "superseded")
        assert client_of(amina).get("/me/profile/").status_code == 200
        assert "The charter has changed." in client_of(amina).get("/feed/").content.decode()
        assert AuditEntry.objects.filter(verb="put_in_force", actor=None).exists()

    def test_another_day_tells_everybody_again(self, client_of, sofie, coming):
        announce(client_of(sofie), coming, in_two_weeks())
        tell_some_of_announcement()
        announce(client_of(sofie), coming, in_two_weeks() + timedelta(days=7))
        assert tell_some_of_announcement() == 1
        assert Notification.objects.filter(recipient=sofie).count() == 1

    def test_a_day_gone_by_is_refused_in_words(self, client_of, sofie, coming):
        page = announce(client_of(sofie), coming, timezone.localdate())
        assert "Choose a day to come" in page.content.decode()
        with pytest.raises(Refused):
            actions.announce_version(coming, actor=sofie, at=timezone.now())

    def test_one_at_a_time(self, sofie, coming):
        soon = timezone.now() + timedelta(days=2)
        actions.announce_version(coming, actor=sofie, at=soon)
        other = CharterFactory(state="published", number=coming.number + 1)
        with pytest.raises(Refused):
            actions.announce_version(other, actor=sofie, at=soon)

    def test_drafts_and_what_binds_already_are_not_announced(self, sofie, charter):
        for version in (CharterFactory(state="draft"), charter):
            with pytest.raises(PermissionDenied):
                actions.announce_version(version, actor=sofie, at=timezone.now() + timedelta(days=2))

    @pytest.mark.parametrize("roles", [[], ["moderator"], ["editor"]])
    def test_nobody_else_announces(self, client_of, coming, roles):
        member = MemberFactory(roles=roles)
        assert announce(client_of(member), coming, in_two_weeks()).status_code in (302, 403)
        coming.refresh_from_db()
        assert coming.announced_for is None

    def test_the_job_is_registered(self):
        names = {job.name for job in jobs()}
        assert "network.charter.tasks.enforce_announced" in names
        assert "network.notifications.tasks.tell_of_charter" in names


class TestDifferences:
    def test_the_history_leads_to_what_each_version_changed(self, client, charter, sofie, coming):
        page = client.get("/charter/history/").content.decode()
        assert f"/charter/history/{coming.number}/changes/" in page
        assert f"/charter/history/{charter.number}/changes/" not in page
        assert client.get(f"/charter/history/{charter.number}/changes/").status_code == 404
        assert client.get("/charter/history/99999/changes/").status_code == 404

    def test_what_is_new_and_what_is_gone_is_said(self, client, sofie, charter):
        draft = actions.draft_version(actor=sofie)
        draft.articles.get(code="privacy").delete()
        added = draft.articles.create(code="cycling", number=9)
        for language in ("fr", "nl", "en"):
            added.texts.create(language=language, title="Cycling", text="One cycles.", may=["Ring the bell."])
        actions.publish_version(draft, actor=sofie)
        page = client.get(f"/charter/history/{draft.number}/changes/").content.decode()
        assert "<ins>Cycling</ins>" in page
        assert "<ins>+ Ring the bell.</ins>" in page
        assert "<del>What Privacy means.</del>" in page
        assert "What Respect means." not in page

    def test_a_draft_s_changes_are_the_administrators_alone(self, client_of, sofie, amina):
        draft = actions.draft_version(actor=sofie)
        address = f"/charter/history/{draft.number}/changes/"
        assert client_of(sofie).get(address).status_code == 200
        assert client_of(amina).get(address).status_code == 404

    def test_who_accepts_reads_the_changes_word_by_word_first(self, client_of, sofie, amina, coming):
        actions.put_in_force(coming, actor=sofie)
        page = client_of(amina).get("/charter/accept/").content.decode()
        assert page.index("<ins>Respect means something more") < page.index('name="accept"')

    def test_the_number_of_articles_costs_no_query(self, client, coming, django_assert_num_queries):
        address = f"/charter/history/{coming.number}/changes/"
        client.get(address)
        with django_assert_num_queries(8):
            client.get(address)


class TestProof:
    def test_a_member_takes_along_what_they_accepted(self, client_of, amina, charter):
        member = MemberFactory(accepted_charter=None)
        client = client_of(member)
        client.post(
            "/charter/accept/", {**shown(client.get("/charter/accept/").content.decode()), "accept": "on"}
        )
        answer = client.get("/charter/acceptances.json")
        assert "attachment" in answer.headers["Content-Disposition"]
        [proof] = answer.json()["acceptances"]
        assert (proof["version"], proof["language"]) == (charter.number, "en")
        assert len(proof["digest_of_the_text_read"]) == 64

    def test_nobody_reads_it_without_logging_in(self, client, charter):
        assert client.get("/charter/acceptances.json").status_code == 302

    def test_the_administrator_exports_them_and_it_is_recorded(self, client_of, sofie, charter):
        member = MemberFactory(name="=Amina", accepted_charter=None)
        client = client_of(member)
        client.post(
            "/charter/accept/", {**shown(client.get("/charter/accept/").content.decode()), "accept": "on"}
        )
        address = reverse("charter_versions:acceptances", args=[charter.pk])
        lines = b"".join(client_of(sofie).get(address).streaming_content).decode().splitlines()
        assert lines[0] == "member,name,language,accepted_at,digest_of_the_text_read"
        assert any(line.startswith(f"{member.pk},'=Amina,en,") for line in lines)
        assert AuditEntry.objects.filter(verb="export_acceptances", actor=sofie).exists()

    @pytest.mark.parametrize("roles", [[], ["moderator"], ["editor"]])
    def test_nobody_else_exports_them(self, client_of, charter, roles):
        client = client_of(MemberFactory(roles=roles))
        assert client.get(reverse("charter_versions:acceptances", args=[charter.pk])).status_code in (
            302,
            403,
        )
