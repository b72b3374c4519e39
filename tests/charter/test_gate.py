import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.charter import actions
from network.charter.digests import digest_in
from network.charter.models import Acceptance, CharterVersion
from tests.factories import MemberFactory

PROFILE = "/me/profile/"
ACCEPT = "/charter/accept/"


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", roles=["administrator"])


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


def new_version(sofie, **kwargs):
    """What Sofie does: the next version, with one article changed, in force."""
    draft = actions.draft_version(actor=sofie)
    text = draft.articles.get(code="respect").texts.get(language="en")
    text.text = "Respect means something more from now on."
    text.save()
    actions.publish_version(draft, actor=sofie)
    return actions.put_in_force(draft, actor=sofie, **kwargs)


def shown(page):
    form = page[page.index("<main") : page.index("</main>")]
    return dict(re.findall(r'name="(charter_\w+|next)" value="([^"]*)"', form))


class TestGate:
    def test_who_accepted_goes_on(self, client_of, amina):
        assert client_of(amina).get(PROFILE).status_code == 200

    def test_a_new_version_has_to_be_accepted_first(self, client_of, amina, sofie):
        client = client_of(amina)
        version = new_version(sofie)
        refused = client.get(f"{PROFILE}?x=1")
        assert refused.url == "/charter/accept/?next=%2Fme%2Fprofile%2F%3Fx%3D1"
        page = client.get(refused.url).content.decode()
        assert "Changed:" in page
        assert "Respect means something more" in page
        done = client.post(ACCEPT, {**shown(page), "accept": "on"})
        assert done.url == "/me/profile/?x=1"
        assert client.get(PROFILE).status_code == 200
        acceptance = Acceptance.objects.get(member=amina, version=version)
        assert (acceptance.language, acceptance.digest) == ("en", digest_in(version, "en"))

    def test_the_administrator_who_put_it_in_force_is_no_exception(self, client_of, sofie):
        sofie.is_superuser = True
        sofie.save()
        new_version(sofie)
        for address in ("/admin/", PROFILE):
            assert client_of(sofie).get(address).url.startswith(ACCEPT)

    def test_what_was_being_sent_is_found_again(self, client_of, amina, sofie):
        client = client_of(amina)
        new_version(sofie)
        refused = client.post(PROFILE, {"name": "Amina", "bio": "Words typed before.", "handle": "amina"})
        page = client.get(refused.url).content.decode()
        done = client.post(ACCEPT, {**shown(page), "accept": "on"}, follow=True)
        assert done.redirect_chain[-1][0] == PROFILE
        assert "Words typed before." in done.content.decode()
        assert "Your text is here again" in done.content.decode()

    def test_a_piece_of_page_sends_the_whole_page_to_the_charter(self, client_of, amina, sofie):
        client = client_of(amina)
        new_version(sofie)
        answer = client.get(
            "/feed/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/groups/"}
        )
        assert answer.headers["HX-Redirect"] == "/charter/accept/?next=%2Fgroups%2F"

    def test_rights_stay_open(self, client_of, amina, sofie):
        client = client_of(amina)
        new_version(sofie)
        for address in ("/charter/", "/charter/history/", "/me/privacy/", "/language/?to=nl"):
            assert not (client.get(address).headers.get("Location") or "").startswith(ACCEPT)
        assert client.post("/accounts/logout/").url == "/"

    def test_the_box_has_to_be_ticked(self, client_of, amina, sofie):
        client = client_of(amina)
        version = new_version(sofie)
        page = client.get(ACCEPT).content.decode()
        response = client.post(ACCEPT, shown(page))
        assert response.status_code == 200
        assert not Acceptance.objects.filter(version=version).exists()

    def test_a_version_that_came_meanwhile_is_shown_before_it_is_accepted(self, client_of, amina, sofie):
        client = client_of(amina)
        new_version(sofie)
        page = client.get(ACCEPT).content.decode()
        newest = new_version(sofie)
        response = client.post(ACCEPT, {**shown(page), "accept": "on"})
        assert "The charter has changed since you opened this page" in response.content.decode()
        assert not Acceptance.objects.filter(member=amina, version=newest).exists()
        client.post(ACCEPT, {**shown(response.content.decode()), "accept": "on"})
        assert Acceptance.objects.filter(member=amina, version=newest).exists()

    def test_in_a_time_of_grace_a_banner_reminds(self, client_of, amina, sofie):
        new_version(sofie, grace_until=timezone.now() + timedelta(days=7))
        page = client_of(amina).get(PROFILE)
        assert page.status_code == 200
        assert "The charter has changed." in page.content.decode()
        newcomer = MemberFactory(accepted_charter=None)
        assert client_of(newcomer).get(PROFILE).url.startswith(ACCEPT)

    def test_nobody_is_sent_to_another_site_afterwards(self, client_of, amina, sofie):
        client = client_of(amina)
        new_version(sofie)
        page = client.get(f"{ACCEPT}?next=https://evil.example/").content.decode()
        done = client.post(ACCEPT, {**shown(page), "next": "https://evil.example/", "accept": "on"})
        assert done.url == "/feed/"

    def test_the_gate_costs_one_query(self, client_of, amina):
        client = client_of(amina)
        client.get("/me/privacy/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/me/privacy/")
        assert sum("'in_force'" in query["sql"] for query in queries) == 1


def test_without_a_charter_there_is_nothing_to_accept(client_of, db):
    assert not CharterVersion.objects.exists()
    client = client_of(MemberFactory())
    assert client.get(PROFILE).status_code == 200
    assert client.get(ACCEPT).url == "/feed/"
