"""Editors and administrators change pages in three languages; nobody else does."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from network.core.thresholds import threshold
from network.pages.models import HomePage, NetworkSettings, NewsIndexPage, SectionPage, StandardPage
from network.pages.models.settings import SETTING_FIELDS
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(params=["editor", "administrator"])
def editor(request):
    return MemberFactory(roles=[request.param])


def _home(language):
    return HomePage.objects.get(locale__language_code=language)


def _edit(client, page, data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data | {"action-publish": "1"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_changes_the_home_page(client_of, client, editor, language):
    data = nested_form_data(
        {
            "title": "Boucle",
            "hero_title": f"New words {language}",
            "hero_text": "For everybody.",
            "action_label": "Join",
            "action_url": "/accounts/signup/",
            "body": streamfield([("figures", {"title": "Today"})]),
            "seo_title": "",
            "search_description": "",
        }
    )

    response = _edit(client_of(editor), _home(language), data)

    assert response.status_code == 302
    assert f"New words {language}" in client.get(f"/{language}/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_changes_what_stands_above_the_list_of_groups(client_of, client, editor, language):
    page = SectionPage.objects.get(kind="groups", locale__language_code=language)
    data = nested_form_data(
        {
            "title": "Groups",
            "introduction": rich_text(f"<p>Introduction {language}</p>"),
            "featured": streamfield([]),
            "seo_title": "",
            "search_description": "",
        }
    )

    response = _edit(client_of(editor), page, data)

    assert response.status_code == 302
    html = client.get("/groups/", headers={"Accept-Language": language}).content.decode()
    assert f"Introduction {language}" in html


def test_a_page_made_in_one_language_stands_in_the_two_others_until_it_is_translated(client_of, client):
    index = NewsIndexPage.objects.get(locale__language_code="fr")
    data = nested_form_data(
        {
            "title": "Ouverture",
            "slug": "ouverture",
            "published_on": "2026-11-02",
            "introduction": "Le réseau ouvre.",
            "body": streamfield([("text", rich_text("<p>Bonjour.</p>"))]),
            "seo_title": "",
            "search_description": "",
        }
    ) | {"action-publish": "1"}
    sofie = client_of(MemberFactory(roles=["administrator"]))

    response = sofie.post(reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk]), data)

    assert response.status_code == 302
    for language in LANGUAGES:
        assert "Le réseau ouvre." in client.get(f"/{language}/news/ouverture/").content.decode()
    alias = Page.objects.get(slug="ouverture", locale__language_code="nl")
    assert "Ouverture" in sofie.get(reverse("wagtailadmin_home")).content.decode()

    sofie.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    _edit(sofie, alias, {**data, "title": "Opening", "introduction": "Het netwerk gaat open."})

    assert "Het netwerk gaat open." in client.get("/nl/news/ouverture/").content.decode()
    assert "Le réseau ouvre." in client.get("/fr/news/ouverture/").content.decode()


@pytest.mark.parametrize("page", ["home", "section"])
def test_pages_that_the_site_rests_on_cannot_be_removed_or_moved(client_of, editor, page):
    target = (
        _home("fr") if page == "home" else SectionPage.objects.get(kind="tags", locale__language_code="fr")
    )
    client = client_of(editor)

    client.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[target.pk]))

    target.refresh_from_db()
    assert target.live


@pytest.mark.parametrize("slug", ["groups", "admin", "nl"])
def test_an_address_of_the_site_is_refused_for_a_page_with_the_reason(client_of, editor, slug):
    data = nested_form_data(
        {
            "title": "A page",
            "slug": slug,
            "introduction": "",
            "body": streamfield([]),
            "seo_title": "",
            "search_description": "",
        }
    ) | {"action-publish": "1"}
    url = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", _home("fr").pk])

    response = client_of(editor).post(url, data)

    assert response.status_code == 200
    assert f"“{slug}” is the address of a part of the site" in response.content.decode()
    assert not StandardPage.objects.filter(slug=slug).exists()


def test_a_link_to_a_script_is_refused(client_of, editor):
    home = _home("en")
    data = nested_form_data(
        {
            "title": "Boucle",
            "hero_title": "Words",
            "hero_text": "For everybody.",
            "action_label": "Join",
            "action_url": "javascript:alert(1)",
            "body": streamfield([]),
            "seo_title": "",
            "search_description": "",
        }
    )

    response = _edit(client_of(editor), home, data)

    assert "An address starts with /" in response.content.decode()


@pytest.mark.parametrize(
    ("member", "status"),
    [({"roles": ["moderator"]}, 302), ({}, 403), ({"pending": True}, 403)],
    ids=["moderator", "member", "pending"],
)
def test_nobody_else_edits_pages(client_of, member, status):
    client = client_of(MemberFactory(**member))
    home = _home("fr")
    before = home.hero_title

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[home.pk]))
    _edit(client, home, {"title": "Taken", "hero_title": "Taken"})

    assert shown.status_code in (status, 302)
    assert "hero_title" not in shown.content.decode()
    home.refresh_from_db()
    assert home.hero_title == before


def test_a_moderator_finds_neither_pages_nor_pictures_in_the_administration(client_of):
    client = client_of(MemberFactory(roles=["moderator"]))

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root")).status_code == 302
    assert client.get(reverse("wagtailimages:index")).status_code == 302
    assert client.get(reverse("wagtaildocs:index")).status_code == 302


def _set(client, **values):
    """Fill in the settings of the network; their address leads to the one row that there is."""
    url = reverse("wagtailsettings:edit", args=["pages", "networksettings"])
    shown = client.get(url, follow=True)
    address = shown.redirect_chain[-1][0] if shown.redirect_chain else url
    row = NetworkSettings()
    stands = {name: getattr(row, name) for name in SETTING_FIELDS}
    client.post(address, {name: value for name, value in (stands | values).items() if value is not False})


@pytest.mark.parametrize("role", ["administrator", "editor", "moderator"])
def test_administrators_alone_change_the_settings_of_the_network(client_of, role):
    _set(client_of(MemberFactory(roles=[role])), contact_email="hello@boucle.example")

    assert threshold("contact_email") == ("hello@boucle.example" if role == "administrator" else "")


def test_the_contact_block_shows_the_address_that_was_set(client, client_of):
    assert "mailto:" not in client.get("/en/help/").content.decode()

    _set(client_of(MemberFactory(roles=["administrator"])), contact_email="hello@boucle.example")

    assert "mailto:hello@boucle.example" in client.get("/en/help/").content.decode()


def test_the_introduction_of_a_list_can_be_previewed(client_of, editor):
    page = SectionPage.objects.get(kind="groups", locale__language_code="fr")
    client = client_of(editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = nested_form_data(
        {
            "title": "Groupes",
            "introduction": rich_text("<p>À relire</p>"),
            "featured": streamfield([]),
            "seo_title": "",
            "search_description": "",
        }
    )

    client.post(url, data)
    response = client.get(url)

    assert "À relire" in response.content.decode()
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_the_administration_runs_no_evaluated_script(client_of, editor):
    response = client_of(editor).get(reverse("wagtailadmin_home"))

    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'self'" in policy


def test_administrators_are_told_how_many_people_wait(client_of):
    MemberFactory(pending=True)
    for role, told in (("administrator", True), ("editor", False)):
        html = client_of(MemberFactory(roles=[role])).get(reverse("wagtailadmin_home")).content.decode()
        assert ("waiting-members" in html) is told
