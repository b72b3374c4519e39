"""The pages that editors wrote, as visitors find them in three languages."""

import re

import pytest
from django.core.cache import cache
from django.urls import URLResolver, get_resolver
from wagtail.models import Page

from network.pages.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from network.pages.models.base import RESERVED
from tests.factories import (
    BlogFactory,
    GroupFactory,
    MemberFactory,
    PostFactory,
    ReplyFactory,
    TagFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "en")
PATHS = ("", "help/", "legal/", "privacy/", "accessibility/", "news/")


def _home(language):
    return HomePage.objects.get(locale__language_code=language)


def _news(language, title="Opening", **fields):
    fields = {"published_on": "2026-11-02", "introduction": "The network opens."} | fields
    index = NewsIndexPage.objects.get(locale__language_code=language)
    return index.add_child(instance=NewsPage(title=title, **fields))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_new_site_has_its_pages_in_each_language(client, language, path):
    response = client.get(f"/{language}/{path}")

    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="http://testserver/{other}/{path}"' in html
    assert f'<link rel="canonical" href="http://testserver/{language}/{path}">' in html


@pytest.mark.parametrize("path", PATHS)
def test_pages_for_visitors_carry_no_form_that_needs_a_token_and_no_cookie(client, path):
    response = client.get(f"/fr/{path}")

    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert not response.cookies


def test_an_unknown_page_is_not_found(client):
    assert client.get("/fr/nothing-here/").status_code == 404
    assert client.get("/nl/help/nothing-here/").status_code == 404


def test_an_unpublished_page_is_not_found(client):
    Page.objects.get(slug="help", locale__language_code="fr").unpublish()

    assert client.get("/fr/help/").status_code == 404
    assert client.get("/nl/help/").status_code == 200


def test_the_home_page_says_what_the_network_is_and_how_to_join(client):
    html = client.get("/en/").content.decode()

    assert "professional network" in html
    assert 'href="/accounts/signup/"' in html
    assert 'href="/charter/"' in html


def test_the_home_page_shows_public_groups_posts_and_true_figures(client):
    cache.clear()
    public, network = GroupFactory(title="Open tables"), GroupFactory(title="Quiet", visibility="network")
    private = GroupFactory(title="Closed circle", visibility="private")
    topic = TopicFactory(space=public, author=MemberFactory(), title="A topic of the open group")
    ReplyFactory(root=topic)
    TopicFactory(space=network, author=MemberFactory())
    TopicFactory(space=private, author=MemberFactory(), title="Said behind the door")
    post = PostFactory(title="A post for everybody", space=BlogFactory())
    PostFactory(title="A post for colleagues", space=BlogFactory(visibility="network"))

    html = client.get("/en/").content.decode()

    assert public.title in html
    assert post.title in html
    for hidden in ("Quiet", "Closed circle", "Said behind the door", "A post for colleagues"):
        assert hidden not in html
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))
    # Topic, reply, topic of the network, two posts; what closed groups say isn't counted.
    assert figures["topics, posts and replies"] == "5"
    assert figures["open groups"] == "2"


@pytest.mark.parametrize("count", [2, 20])
def test_the_home_page_costs_the_same_whatever_there_is(client, django_assert_num_queries, count):
    blog = BlogFactory()
    for _ in range(count):
        GroupFactory().tags.add(TagFactory())
        PostFactory(space=blog, tags=["accessibility", "procurement"])
    _news("en")
    client.get("/en/")  # the figures are counted and kept

    # page, its own fields, its translations, figures, groups, their tags, posts, their tags, news
    with django_assert_num_queries(9):
        client.get("/en/")


@pytest.mark.parametrize("count", [2, 20])
def test_the_list_of_news_costs_the_same_however_long(client, django_assert_num_queries, count):
    for number in range(count):
        _news("fr", title=f"News {number}")
    client.get("/fr/news/")

    # page, its own fields, its translations, news
    with django_assert_num_queries(4):
        response = client.get("/fr/news/")
    assert response.content.decode().count("news__title") == count


def test_news_page_by_key_the_newest_first(client):
    for number in range(1, 23):
        _news("en", title=f"Piece {number:02}", published_on=f"2026-10-{number:02}")

    first = client.get("/en/news/").content.decode()
    further = re.search(r'href="(\?after=[^"]+)"[^>]*rel="next"', first)[1].replace("&amp;", "&")
    second = client.get(f"/en/news/{further}").content.decode()

    assert re.findall(r"Piece \d\d", first)[:2] == ["Piece 22", "Piece 21"]
    assert re.findall(r"Piece \d\d", second) == ["Piece 02", "Piece 01"]
    assert "Piece 03" in first


def test_a_page_that_waits_for_its_translation_says_so_and_names_its_source(client):
    source = _news("fr", title="Ouverture")
    source.copy_for_translation(_home("nl").locale, copy_parents=True, alias=True)

    html = client.get("/nl/news/ouverture/").content.decode()

    assert '<link rel="canonical" href="http://testserver/fr/news/ouverture/">' in html
    assert '<div lang="fr" class="page">' in html
    assert 'rel="alternate"' not in html


def test_a_translation_with_an_address_of_its_own_is_found_by_the_language_switch(client):
    page = _home("fr").add_child(instance=StandardPage(title="Nous trouver", slug="nous-trouver"))
    translation = page.copy_for_translation(_home("nl").locale)
    translation.slug = "ons-vinden"
    translation.save_revision().publish()

    assert client.get("/language/?to=nl&next=/fr/nous-trouver/").headers["Location"] == "/nl/ons-vinden/"
    assert (
        client.get("/language/?to=fr&next=/nl/ons-vinden/%3Fa=1").headers["Location"]
        == "/fr/nous-trouver/?a=1"
    )
    # Not translated into English yet: its home page stands for it.
    assert client.get("/language/?to=en&next=/fr/nous-trouver/").headers["Location"] == "/en/"
    # An address that is the same in every language stays as it is.
    assert client.get("/language/?to=nl&next=/groups/").headers["Location"] == "/groups/"


def test_an_address_that_an_editor_changed_still_leads_to_its_page(
    client, django_capture_on_commit_callbacks
):
    page = StandardPage.objects.get(slug="help", locale__language_code="fr")
    page.slug = "aide"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert client.get("/fr/aide/").status_code == 200
    # What stands under every page, and in people's bookmarks.
    response = client.get("/fr/help/")
    assert (response.status_code, response.headers["Location"]) == (301, "/fr/aide/")


def test_a_page_closed_by_an_administrator_is_not_served(client):
    page = Page.objects.get(slug="help", locale__language_code="fr")
    page.view_restrictions.create(restriction_type="login")

    response = client.get("/fr/help/")

    assert response.status_code == 302
    assert "login" in response.headers["Location"]


def test_every_first_part_of_an_address_of_the_site_is_reserved():
    first_parts = set()
    for pattern in get_resolver().url_patterns:
        prefixes = [str(pattern.pattern)]
        if isinstance(pattern, URLResolver) and not prefixes[0]:
            prefixes = [str(inner.pattern) for inner in pattern.url_patterns]
        first_parts |= {prefix.lstrip("^").partition("/")[0] for prefix in prefixes}

    words = {part for part in first_parts if re.fullmatch(r"[\w-]+", part)}
    assert words
    assert words - RESERVED == set()


def test_only_pictures_of_pages_are_served_as_files(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "portraits"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(b"picture")

    assert client.get("/media/images/a.png").status_code == 200
    for path in ("original_images/a.png", "portraits/a.png", "images/../portraits/a.png", "images/"):
        assert client.get(f"/media/{path}").status_code == 404, path
