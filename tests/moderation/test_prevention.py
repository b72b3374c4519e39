"""What the composer recalls of the charter before one posts: gently, once, and never in the way."""

import re

import pytest

from network.conversation.models import Contribution
from network.conversation.reminders import found_in
from network.pages.models.settings import NetworkSettings
from tests.factories import BlogFactory, GroupFactory, MemberFactory, MembershipFactory, TopicFactory

REGISTER_NUMBER = "85.07.30-033.28"
IBAN = "BE68 5390 0754 7034"


@pytest.fixture
def group(charter):
    return GroupFactory()


@pytest.fixture
def amina(group):
    member = MemberFactory(name="Amina", email="amina@commune.brussels", contribution_count=9)
    MembershipFactory(space=group, member=member)
    return member


def hidden(page):
    """The hidden fields of the form as the browser sends them again."""
    main = page[page.index("<main") : page.index("</main>")]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main))


class TestFinding:
    @pytest.mark.parametrize(
        "text",
        [
            REGISTER_NUMBER,
            "Son numéro est le 85073003328, merci",
            "born in 2000 or later: 01.01.02-001.93",
            "NISS 85 07 30 033 28",
        ],
    )
    def test_national_register_numbers_of_both_centuries(self, text):
        assert "register_number" in found_in(text)

    @pytest.mark.parametrize(
        "text", ["85.07.30-033.29", "12345678901", "85.13.30-033.28", "dossier 2026/11/24-001"]
    )
    def test_numbers_that_only_look_like_one(self, text):
        assert "register_number" not in found_in(text)

    @pytest.mark.parametrize(
        "text", [IBAN, "compte BE68539007547034.", "be68-5390-0754-7034", "FR14 2004 1010 0505 0001 3M02 606"]
    )
    def test_bank_accounts(self, text):
        assert "bank_account" in found_in(text)

    @pytest.mark.parametrize("text", ["BE68 5390 0754 7035", "BE68", "article BE12 3456 of the code"])
    def test_what_is_no_bank_account(self, text):
        assert "bank_account" not in found_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Appelez le 0475 12 34 56",
            "tel. 02/512.34.56",
            "+32 2 512 34 56",
            "+33 6 12 34 56 78",
            "jan.peeters@stad.be",
        ],
    )
    def test_contact_details_of_others(self, text):
        assert "contact_details" in found_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "the enterprise 0207.373.429",
            "write to amina@commune.brussels",
            "info@commune.brussels or helpdesk@stad.be",
            "on 24/11/2026 at 10:00, budget 1 200 000 euro",
            "law of 02.07.2013, article 12",
            "https://example.org/2026/11/24/0475123456.html",
        ],
    )
    def test_what_is_nobody_s_contact(self, text):
        assert "contact_details" not in found_in(text, own_email="amina@commune.brussels")

    @pytest.mark.parametrize(
        "text",
        [
            "Note CONFIDENTIELLE",
            "strikt vertrouwelijk",
            "Confidential: draft",
            "ne pas diffuser",
            "niet verspreiden",
        ],
    )
    def test_marks_of_what_is_not_to_be_passed_on(self, text):
        assert "confidential" in found_in(text)

    def test_talking_of_confidentiality_is_none(self):
        assert found_in("La confidentialité des données, de vertrouwelijkheid, confidentiality.") == []

    def test_shouting_is_told_from_acronyms(self):
        assert found_in("THIS MUST STOP RIGHT AWAY BECAUSE EVERYBODY KNOWS") == ["shouting"]
        assert found_in("The CIRB, BOSA, SPRB and ONSS meet in the BXL1 building next week.") == []


@pytest.mark.django_db
class TestPosting:
    def test_the_article_is_recalled_and_nothing_typed_is_lost(self, client_of, amina, group):
        client = client_of(amina)
        words = {
            "title": "A case",
            "type": "question",
            "body": f"<p>Her number: {REGISTER_NUMBER}</p>",
            "language": "fr",
            "body_format": "html",
        }
        page = client.post(f"/groups/{group.slug}/topics/new/", words).content.decode()
        assert "national register number" in page
        assert 'href="/charter/#privacy"' in page
        assert "Her number" in page
        assert "Post all the same" in page
        assert not Contribution.objects.exists()
        done = client.post(f"/groups/{group.slug}/topics/new/", words | hidden(page) | {"publish": "1"})
        assert done.status_code == 302
        assert Contribution.objects.count() == 1

    def test_it_is_recalled_once_a_text(self, client_of, amina, group):
        client = client_of(amina)
        words = {"title": "A case", "type": "question", "body": f"<p>{REGISTER_NUMBER}</p>", "language": "fr"}
        page = client.post(f"/groups/{group.slug}/topics/new/", words).content.decode()
        assert hidden(page)["reminded"] == "on"
        corrected = words | hidden(page) | {"body": f"<p>{IBAN}</p>"}
        assert client.post(f"/groups/{group.slug}/topics/new/", corrected).status_code == 302

    def test_a_reply_is_looked_at_too(self, client_of, amina, group):
        topic = TopicFactory(space=group)
        page = client_of(amina).post(
            topic.get_absolute_url(), {"body": "Strictly confidential.", "language": "en"}
        )
        assert "May it be read here?" in page.content.decode()
        assert "Strictly confidential." in page.content.decode()
        assert not Contribution.objects.filter(root=topic).exists()

    def test_a_post_of_a_blog_is_looked_at_when_it_is_published_and_not_as_a_draft(self, client_of, amina):
        BlogFactory(owner=amina)
        client = client_of(amina)
        words = {
            "title": "A case",
            "type": "question",
            "body": f"Pay to {IBAN}",
            "language": "fr",
            "audience": "space",
        }
        page = client.post("/write/", words | {"publish": "1"}).content.decode()
        assert "There seems to be a bank account in it." in page
        assert client.post("/write/", words | {"keep": "1"}).status_code == 302

    def test_an_ordinary_text_meets_nothing(self, client_of, amina, group):
        words = {
            "title": "Licences",
            "type": "question",
            "body": "<p>Which licence do you use?</p>",
            "language": "en",
        }
        assert client_of(amina).post(f"/groups/{group.slug}/topics/new/", words).status_code == 302

    @pytest.mark.parametrize(
        ("setting", "text"),
        [
            ("remind_register_number", REGISTER_NUMBER),
            ("remind_bank_account", IBAN),
            ("remind_contact_details", "0475 12 34 56"),
            ("remind_shouting", "THIS MUST STOP RIGHT AWAY BECAUSE EVERYBODY KNOWS"),
            ("remind_confidential", "vertrouwelijk"),
        ],
    )
    def test_the_administrator_switches_each_rule_off(self, client_of, amina, group, setting, text):
        NetworkSettings.objects.create(**{setting: False})
        words = {"title": "A case", "type": "question", "body": f"<p>{text}</p>", "language": "fr"}
        assert client_of(amina).post(f"/groups/{group.slug}/topics/new/", words).status_code == 302


@pytest.mark.django_db
class TestFirstText:
    def test_who_writes_for_the_first_time_reads_three_points(self, client_of, amina, group):
        topic = TopicFactory(space=group)
        newcomer = MemberFactory(contribution_count=0)
        MembershipFactory(space=group, member=newcomer)
        for address in (f"/groups/{group.slug}/topics/new/", topic.get_absolute_url()):
            assert "Before your first text" in client_of(newcomer).get(address).content.decode()
            assert "Before your first text" not in client_of(amina).get(address).content.decode()
