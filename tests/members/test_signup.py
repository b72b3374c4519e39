import re

import pytest
from allauth.account.models import EmailAddress

from network.charter.digests import digest_in
from network.charter.models import Acceptance
from network.members.models import Member
from network.notifications.models import OutboxMail
from tests.factories import InstitutionFactory, MemberFactory
from tests.factories.members import PASSWORD as FACTORY_PASSWORD

SIGNUP = "/accounts/signup/"
PASSWORD = "un mot de passe sérieux"


def filled_in(client, **changes):
    """What a person sends who fills in the form as it is shown."""
    page = client.get(SIGNUP).content.decode()
    hidden = dict(re.findall(r'name="(charter_\w+)" value="([^"]*)"', page))
    values = {
        "name": "Amina El-Idrissi",
        "email": "amina@commune.example",
        "password1": PASSWORD,
        "accept": "on",
        **hidden,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def link_in(mail):
    return re.search(r"http://[^/]+(/accounts/confirm-email/\S+)", mail.text)[1]


@pytest.mark.django_db
class TestSigningUp:
    def test_the_charter_in_force_stands_in_the_form(self, client, charter):
        page = client.get(SIGNUP, headers={"Accept-Language": "nl"}).content.decode()
        for article in charter.articles.all():
            assert article.text_in("nl").text in page

    def test_an_account_is_made_with_its_acceptance(self, client, charter):
        response = client.post(SIGNUP, filled_in(client), headers={"Accept-Language": "fr"})
        assert response.status_code == 302
        member = Member.objects.get()
        assert (member.handle, member.name, member.status) == (
            "amina-el-idrissi",
            "Amina El-Idrissi",
            "pending",
        )
        acceptance = Acceptance.objects.get()
        assert (acceptance.member, acceptance.version) == (member, charter)
        assert acceptance.digest == digest_in(charter, acceptance.language)
        assert acceptance.accepted_at
        assert member.accepted_charter == charter

    def test_the_language_of_the_page_is_the_members(self, client, charter):
        french = {"Accept-Language": "fr"}
        client.get(SIGNUP, headers=french)
        page = client.get(SIGNUP, headers=french).content.decode()
        hidden = dict(re.findall(r'name="(charter_\w+)" value="([^"]*)"', page))
        client.post(SIGNUP, filled_in(client, **hidden), headers=french)
        member = Member.objects.get()
        assert member.language == "fr"
        assert Acceptance.objects.get().language == "fr"
        assert OutboxMail.objects.get().language == "fr"

    def test_nobody_joins_without_accepting(self, client, charter):
        response = client.post(SIGNUP, filled_in(client, accept=None))
        assert response.status_code == 200
        assert b'value="Amina El-Idrissi"' in response.content
        assert b'value="amina@commune.example"' in response.content
        assert not Member.objects.exists()

    def test_what_was_accepted_is_the_text_that_was_shown(self, client, charter):
        response = client.post(SIGNUP, filled_in(client, charter_digest="0" * 64))
        assert response.status_code == 200
        assert not Member.objects.exists()

    def test_without_a_charter_in_force_the_door_is_closed(self, client, db):
        response = client.get(SIGNUP)
        assert "Nobody can join right now" in response.content.decode()
        client.post(SIGNUP, {"name": "X Y", "email": "x@y.example", "password1": PASSWORD, "accept": "on"})
        assert not Member.objects.exists()

    def test_two_people_of_one_name_have_two_handles(self, client, charter):
        MemberFactory(handle="amina-el-idrissi")
        client.post(SIGNUP, filled_in(client))
        assert Member.objects.get(email="amina@commune.example").handle == "amina-el-idrissi-2"

    def test_a_program_that_fills_in_everything_makes_no_account(self, client, charter):
        response = client.post(SIGNUP, filled_in(client, website="https://spam.example"))
        assert response.status_code == 200
        assert not Member.objects.exists()
        assert not OutboxMail.objects.exists()

    def test_a_known_address_is_answered_like_a_new_one(self, client, charter):
        MemberFactory(email="amina@commune.example")
        fresh = client.post(SIGNUP, filled_in(client, email="other@commune.example"))
        known = client.post(SIGNUP, filled_in(client, email="AMINA@commune.example"))
        assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
        mail = OutboxMail.objects.get(to="amina@commune.example")
        assert "account already" in mail.subject.lower() or mail.subject
        assert "confirm-email" not in mail.text
        assert Member.objects.filter(email__iexact="amina@commune.example").count() == 1


@pytest.mark.django_db
class TestConfirming:
    def sign_up(self, client, email="amina@commune.example"):
        client.post(SIGNUP, filled_in(client, email=email))
        return Member.objects.get(email=email.lower())

    def confirm(self, client, member):
        return client.post(link_in(OutboxMail.objects.get(to=member.email)), follow=True)

    def test_nothing_before_the_confirmation_verifies(self, client, charter):
        InstitutionFactory(domains=["commune.example"])
        member = self.sign_up(client)
        client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
        client.get(link_in(OutboxMail.objects.filter(to=member.email).first()))
        member.refresh_from_db()
        assert member.status == "pending"
        assert member.verified_at is None

    def test_confirming_an_address_of_an_institution_verifies(self, client, charter):
        institution = InstitutionFactory(domains=["commune.example"])
        member = self.sign_up(client)
        page = self.confirm(client, member).content.decode()
        member.refresh_from_db()
        assert (member.status, member.verified_by, member.institution) == ("active", "domain", institution)
        assert (member.verified_until - member.verified_at).days == 180
        assert "you can take part from now on" in page

    def test_a_stranger_is_told_politely_and_waits(self, client, charter):
        member = self.sign_up(client, "amina@elsewhere.example")
        page = self.confirm(client, member).content.decode()
        member.refresh_from_db()
        assert member.status == "pending"
        assert "An administrator will look" in page
        assert list(Member.objects.waiting()) == [member]

    @pytest.mark.parametrize(
        "email",
        [
            "a@sub.commune.example",
            "a@commune.example.evil.example",
            "a@xcommune.example",
            "a@commune-example.example",
            "commune.example@evil.example",
        ],
    )
    def test_what_resembles_a_known_domain_proves_nothing(self, client, charter, email):
        InstitutionFactory(domains=["commune.example"])
        member = self.sign_up(client, email)
        self.confirm(client, member)
        member.refresh_from_db()
        assert member.status == "pending"

    def test_case_doesnt_matter(self, client, charter):
        InstitutionFactory(domains=["commune.example"])
        member = self.sign_up(client, "Amina@Commune.EXAMPLE")
        self.confirm(client, member)
        member.refresh_from_db()
        assert member.status == "active"

    def test_a_link_works_once(self, client, charter):
        member = self.sign_up(client)
        self.confirm(client, member)
        assert "used already" in client.get(link_in(OutboxMail.objects.get(to=member.email))).content.decode()


@pytest.mark.django_db
class TestFurtherAddresses:
    def test_an_unconfirmed_second_address_verifies_nobody(self, client_of, charter):
        InstitutionFactory(domains=["commune.example"])
        member = MemberFactory(pending=True)
        client = client_of(member)
        client.post("/accounts/email/", {"action_add": "", "email": "me@commune.example"})
        EmailAddress.objects.get_or_create(user=member, email="me@commune.example")
        client.post("/accounts/email/", {"action_primary": "", "email": "me@commune.example"})
        member.refresh_from_db()
        assert member.status == "pending"

    def test_a_new_main_address_of_no_institution_ends_a_verification_by_domain(self, client_of, charter):
        institution = InstitutionFactory(domains=["commune.example"])
        member = MemberFactory(email="a@commune.example", institution=institution, verified_by="domain")
        EmailAddress.objects.create(user=member, email="a@home.example", verified=True)
        self.make_main(client_of(member), "a@home.example")
        member.refresh_from_db()
        assert (member.status, member.institution, member.email) == ("pending", None, "a@home.example")

    def test_a_new_main_address_of_another_institution_moves_the_member(self, client_of, charter):
        institution = InstitutionFactory(domains=["commune.example"])
        other = InstitutionFactory(domains=["region.example"])
        member = MemberFactory(email="a@commune.example", institution=institution, verified_by="domain")
        institution.spokespeople.add(member)
        EmailAddress.objects.create(user=member, email="a@region.example", verified=True)
        self.make_main(client_of(member), "a@region.example")
        member.refresh_from_db()
        assert (member.status, member.institution) == ("active", other)
        assert not institution.spokespeople.exists()

    def make_main(self, client, email):
        client.logout()
        member = Member.objects.get(emailaddress__email=email)
        client.post("/accounts/login/", {"login": member.email, "password": FACTORY_PASSWORD})
        asked = client.post("/accounts/email/", {"action_primary": "", "email": email})
        client.post(asked.url, {"password": FACTORY_PASSWORD})
