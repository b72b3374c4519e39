"""What search engines are told: what is public, all of it, and nothing else."""

import re

import pytest
from wagtail.models import PageViewRestriction

from network.conversation.actions import hide_contribution
from network.pages import sitemaps
from network.pages.models import StandardPage
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def _listed(client, section, query=""):
    response = client.get(f"/sitemap-{section}.xml{query}")
    assert response.status_code == 200
    return [
        address.removeprefix(HOST) for address in re.findall(r"<loc>(.*?)</loc>", response.content.decode())
    ]


def test_public_spaces_are_listed_and_no_others(client, charter):
    groups = {
        visibility: GroupFactory(visibility=visibility, slug=visibility)
        for visibility in ("public", "network", "private", "hidden")
    }
    blog, closed, empty = BlogFactory(), BlogFactory(visibility="network"), BlogFactory()
    PostFactory(space=blog)
    PostFactory(space=closed)

    listed = _listed(client, "spaces")

    assert listed == [groups["public"].get_absolute_url(), blog.get_absolute_url()]
    assert empty.get_absolute_url() not in listed


def test_what_anybody_may_read_is_listed_and_nothing_else(client, charter):
    group = GroupFactory()
    topic = TopicFactory(space=group)
    post = PostFactory()
    TopicFactory(space=GroupFactory(visibility="network"))
    TopicFactory(space=group, draft=True)
    TopicFactory(space=group, waiting=True)
    PostFactory(audience="network")
    hide_contribution(TopicFactory(space=group), actor=None)

    assert _listed(client, "contributions") == [topic.get_absolute_url(), post.get_absolute_url()]


def test_members_are_told_no_more_than_visitors(client_of, charter):
    member = MemberFactory()
    TopicFactory(space=GroupFactory(visibility="private", members=[member]), author=member)

    assert _listed(client_of(member), "contributions") == []


def test_tags_are_listed_once_anybody_finds_something_under_them(client, charter):
    TopicFactory(space=GroupFactory(), tags=["open data"])
    TopicFactory(space=GroupFactory(visibility="private"), tags=["secret plans"])
    TagFactory(name="never used")

    assert _listed(client, "tags") == ["/tags/open-data/"]


def test_pages_are_listed_with_their_translations(client):
    body = client.get("/sitemap-pages.xml").content.decode()

    for language in ("fr", "nl", "en"):
        assert f"<loc>{HOST}/{language}/help/</loc>" in body
        assert f'hreflang="{language}" href="{HOST}/{language}/help/"' in body
    # The introduction of a list has no address of its own.
    assert f"{HOST}/en/groups/" not in body


def test_a_page_behind_a_password_is_not_listed(client):
    page = StandardPage.objects.get(slug="help", locale__language_code="fr")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="secret words")

    listed = _listed(client, "pages")

    assert "/fr/help/" not in listed
    assert "/nl/help/" in listed


def test_files_cover_a_bounded_range_each_and_the_index_names_them_all(client, charter, monkeypatch):
    monkeypatch.setattr(sitemaps, "KEYS_A_FILE", 1)
    topics = [TopicFactory(space=GroupFactory()) for _ in range(2)]

    index = client.get("/sitemap.xml").content.decode()
    files = re.findall(r"/sitemap-contributions\.xml(\?p=\d+)?<", index)
    listed = [address for query in files for address in _listed(client, "contributions", query)]

    assert listed == [topic.get_absolute_url() for topic in topics]
    assert client.get("/sitemap-contributions.xml?p=999999").status_code == 404
    assert client.get("/sitemap-contributions.xml?p=x").status_code == 404
    assert client.get("/sitemap-members.xml").status_code == 404


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize(
    ("section", "queries"), [("pages", 1), ("lists", 0), ("spaces", 2), ("contributions", 2), ("tags", 2)]
)
def test_a_file_costs_the_same_whatever_it_lists(
    client, charter, django_assert_num_queries, section, queries, count
):
    for number in range(count):
        TopicFactory(space=GroupFactory(), tags=[f"tag {number}"])

    with django_assert_num_queries(queries):
        assert client.get(f"/sitemap-{section}.xml").status_code == 200


def test_robots_find_the_public_part_and_the_sitemap(client):
    response = client.get("/robots.txt")

    body = response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert f"Sitemap: {HOST}/sitemap.xml" in body
    for closed in ("/admin/", "/me/", "/accounts/", "/search/", "/notifications/", "/write/"):
        assert f"Disallow: {closed}\n" in body
    for public in ("/groups/", "/blogs/", "/tags/", "/charter/", "/fr/"):
        assert f"Disallow: {public}" not in body


def _head(client, address):
    """The page's head: its meta and link elements by what they name."""
    html = client.get(address).content.decode()
    found = {}
    for element in re.findall(r"<(?:meta|link) [^>]*>", html):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', element))
        name = given.get("property") or given.get("name") or given.get("rel")
        found.setdefault(name, given.get("content") or given.get("href"))
    return found


def test_a_public_topic_says_what_it_is_to_those_who_share_it(client, charter):
    topic = TopicFactory(title="Plain words", body="<p>Why we write them.</p>", tags=["plain language"])

    head = _head(client, topic.get_absolute_url())

    assert head["og:title"] == "Plain words"
    assert head["og:description"] == "Why we write them."
    assert head["og:type"] == "article"
    assert head["og:url"] == head["canonical"] == HOST + topic.get_absolute_url()
    assert head["article:published_time"].startswith(f"{topic.released_at:%Y-%m-%d}")
    assert head["article:tag"] == "plain language"
    assert head["og:image"].startswith(HOST)
    assert "robots" not in head


def test_public_pages_say_what_they_are(client, charter):
    post = PostFactory(summary="In short.")
    group = GroupFactory(description="What it is for.")

    for address, description in (
        (post.get_absolute_url(), "In short."),
        (group.get_absolute_url(), "What it is for."),
        (post.space.get_absolute_url(), post.space.title),
    ):
        head = _head(client, address)
        assert head["og:description"] == head["description"] == description
        assert "robots" not in head
    for address in ("/groups/", "/blogs/", "/tags/", "/charter/", "/nl/help/"):
        head = _head(client, address)
        assert head["og:title"], address
        assert head["og:description"] == head["description"], address


@pytest.mark.parametrize("visibility", ["network", "private", "hidden"])
def test_closed_pages_tell_nothing_to_those_who_share_them(client_of, charter, visibility):
    member = MemberFactory()
    group = GroupFactory(visibility=visibility, members=[member])
    topic = TopicFactory(space=group)
    post = PostFactory(audience="network")

    for page in (group, topic, post):
        head = _head(client_of(member), page.get_absolute_url())
        assert head["robots"] == "noindex"
        assert not [name for name in head if name and name.startswith(("og:", "article:", "twitter:"))]


def test_profiles_are_not_for_search_engines(client, charter):
    author = PostFactory().author

    assert _head(client, author.get_absolute_url())["robots"] == "noindex"


def test_the_canonical_address_keeps_the_place_and_drops_what_narrows(client, charter):
    group = GroupFactory()

    head = _head(client, f"{group.get_absolute_url()}?languages=all&after=x")

    assert head["canonical"] == f"{HOST}{group.get_absolute_url()}?after=x"


def test_visitors_get_no_cookie_and_no_form_that_needs_one(client, charter):
    group = GroupFactory()
    topic, post = TopicFactory(space=group, tags=["open data"]), PostFactory()
    addresses = [
        "/en/",
        "/groups/",
        "/blogs/",
        "/tags/",
        "/tags/open-data/",
        "/charter/",
        "/charter/history/",
    ]
    addresses += [page.get_absolute_url() for page in (group, topic, post, post.space, post.author)]

    for address in [*addresses, "/search/?q=open", "/robots.txt", "/sitemap.xml", "/nothing-here/"]:
        response = client.get(address)
        assert not response.cookies, address
        assert b"csrfmiddlewaretoken" not in response.content, address
        if address in addresses[1:]:
            assert {"Cookie", "Accept-Language"} <= set(response["Vary"].split(", ")), address
