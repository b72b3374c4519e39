"""What the site writes to people about their accounts, and what it tells to strangers."""

import re

import pytest

from network.members.models import Member
from network.notifications.models import OutboxMail
from tests.factories import InstitutionFactory, MemberFactory
from tests.factories.members import PASSWORD

RESET = "/accounts/password/reset/"
NEW = "another long passphrase"


def address_in(mail, path):
    return re.search(rf"http://[^/]+(/accounts/{path}\S+)", mail.text)[1]


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina", email="amina@commune.example", language="nl")


class TestPassword:
    def test_a_new_one_by_mail_in_the_members_language(self, client, amina):
        client.post(RESET, {"email": "Amina@commune.example"}, headers={"Accept-Language": "fr"})
        mail = OutboxMail.objects.get()
        assert (mail.to, mail.language, mail.recipient) == (amina.email, "nl", amina)
        page = client.get(address_in(mail, "password/reset/key/"), follow=True)
        client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
        assert Member.objects.get().check_password(NEW)
        told = OutboxMail.objects.latest("pk")
        assert told.to == amina.email
        assert "127.0.0.1" in told.text
        assert RESET in told.text
        assert RESET in told.html

    def test_who_finds_their_address_taken_gets_the_account_and_still_has_to_confirm(self, client, charter):
        InstitutionFactory(domains=["commune.example"])
        member = MemberFactory(email="late@commune.example", pending=True, address=False)
        client.post(RESET, {"email": member.email})
        page = client.get(address_in(OutboxMail.objects.get(), "password/reset/key/"), follow=True)
        client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
        client.post("/accounts/login/", {"login": member.email, "password": NEW})
        member.refresh_from_db()
        assert member.status == "pending"
        client.post(address_in(OutboxMail.objects.latest("pk"), "confirm-email/"))
        member.refresh_from_db()
        assert (member.status, member.verified_by) == ("active", "domain")

    def test_a_stranger_learns_nothing_of_who_has_an_account(self, client, amina):
        known = client.post(RESET, {"email": amina.email})
        unknown = client.post(RESET, {"email": "nobody@commune.example"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert "No account" in OutboxMail.objects.get(to="nobody@commune.example").text

    def test_a_wrong_password_and_a_wrong_address_are_refused_alike(self, client, amina):
        def refusal(login):
            page = client.post("/accounts/login/", {"login": login, "password": "wrong password"})
            return re.sub(r'value="[^"]*"', "", page.content.decode())

        assert refusal(amina.email) == refusal("nobody@commune.example")

    def test_too_many_tries_are_told_to_wait(self, client, amina):
        for _try in range(6):
            page = client.post("/accounts/login/", {"login": amina.email, "password": "wrong password"})
        assert "Too many attempts to log in failed" in page.content.decode() or page.status_code == 429
        client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
        assert client.get("/me/privacy/").status_code == 302


class TestAddresses:
    def test_a_further_address_is_confirmed_by_a_letter_of_its_own(self, client, amina):
        client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
        asked = client.post("/accounts/email/", {"action_add": "", "email": "amina@home.example"})
        client.post(asked.url, {"password": PASSWORD})
        mail = OutboxMail.objects.get(to="amina@home.example")
        assert mail.language == "nl"
        client.post(address_in(mail, "confirm-email/"))
        assert amina.emailaddress_set.filter(
            email="amina@home.example", verified=True, primary=False
        ).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/",
        "/accounts/reauthenticate/",
        "/me/profile/",
        "/me/privacy/",
    ],
)
def test_every_page_of_the_account_opens(client, amina, address):
    client.post("/accounts/login/", {"login": amina.email, "password": PASSWORD})
    page = client.get(address)
    if page.status_code == 302:
        page = client.post(page.url, {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    assert "Boucle" in page.content.decode()
    assert ' style="' not in page.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/confirm-email/"],
)
def test_every_page_of_the_entrance_opens(client, charter, address):
    page = client.get(address)
    assert page.status_code == 200
    assert ' style="' not in page.content.decode()
