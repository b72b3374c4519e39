"""What leads on from a post: its headings, other languages, its series, sharing it; and the narrowed list of blogs."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from blogs.outlines import outlined
from tests.factories import BlogFactory, InstitutionFactory, MemberFactory, PostFactory

pytestmark = pytest.mark.django_db
LONG = "<h2>First &amp; last</h2><p>" + "word " * 700 + "</p><h3>Second</h3><p>x</p><h2>Third</h2><p>y</p>"


def test_a_long_post_has_a_table_of_contents(client, charter):
    page = client.get(PostFactory(body=LONG).get_absolute_url()).content.decode()
    assert '<a href="#part-1-first-last">First &amp; last</a>' in page
    assert '<h2 id="part-1-first-last" tabindex="-1">First &amp; last</h2>' in page
    assert '<h3 id="part-2-second" tabindex="-1">Second</h3>' in page


def test_a_short_post_has_none(client, charter):
    post = PostFactory(body="<h2>One</h2><p>a</p><h2>Two</h2><p>b</p><h2>Three</h2><p>c</p>")
    assertNotContains(client.get(post.get_absolute_url()), 'class="outline"')


@pytest.mark.parametrize("heading", ["", "   ", "<em></em>", "🚲", "مرحبا", "a\"b<code>'</code>"])
def test_headings_of_any_kind_break_nothing(heading):
    body = f"<h2>{heading}</h2>" * 3
    text = outlined(body)
    for found in text.headings:
        assert f'id="{found.key}"' in text.body
    assert text.body.count("<h2") == 3


@pytest.fixture
def pair(charter):
    blog = BlogFactory()
    dutch = PostFactory(space=blog, title="Hellingen", language="nl")
    french = PostFactory(space=blog, title="Rampes", language="fr", translation_of=dutch)
    return dutch, french


def test_each_translation_says_that_the_other_exists(client, pair):
    for one, other in (pair, pair[::-1]):
        page = client.get(one.get_absolute_url())
        assertContains(page, f'href="{other.get_absolute_url()}?original" lang="{other.language}"')
        assertContains(
            page,
            f'<link rel="alternate" hreflang="{other.language}" '
            f'href="http://testserver{other.get_absolute_url()}">',
        )


def test_members_land_on_the_language_that_they_read(client, client_of, pair):
    dutch, french = pair
    reader = client_of(MemberFactory(languages=["fr"]))
    assert reader.get(dutch.get_absolute_url()).url == french.get_absolute_url()
    assert reader.get(french.get_absolute_url()).status_code == 200
    assert reader.get(f"{dutch.get_absolute_url()}?original").status_code == 200
    both = client_of(MemberFactory(languages=["fr", "nl"]))
    for browser in (both, client, client_of(dutch.author)):
        assert browser.get(dutch.get_absolute_url()).status_code == 200


def test_a_translation_for_fewer_readers_stays_unknown_to_others(client, charter):
    blog = BlogFactory()
    dutch = PostFactory(space=blog, language="nl")
    PostFactory(space=blog, language="fr", title="Entre nous", translation_of=dutch, audience="network")
    assertNotContains(client.get(dutch.get_absolute_url()), "Entre nous")


def test_an_author_offers_a_post_in_another_language(client_of, charter, settings):
    settings.RELEASE_DELAY = 0
    post = PostFactory(language="nl", title="Hellingen", space__owner__language="fr")
    author = client_of(post.author)
    assertContains(author.get(post.get_absolute_url()), f"/write/?translation_of={post.pk}")
    page = author.get(f"/write/?translation_of={post.pk}")
    assertContains(page, 'value="Hellingen"')
    assertContains(page, f'name="translation_of" value="{post.pk}"')
    sent = {"title": "Rampes", "body": "Des mots.", "language": "fr", "audience": "space", "publish": "1"}
    answer = author.post("/write/", sent | {"translation_of": post.pk})
    assertContains(client_of(MemberFactory()).get(f"{answer.url}?original"), "Hellingen")


def test_nobody_offers_anothers_post(client_of, charter, settings):
    settings.RELEASE_DELAY = 0
    post = PostFactory(title="Hellingen")
    other = BlogFactory()
    author = client_of(other.owner)
    assertNotContains(author.get(f"/write/?translation_of={post.pk}"), "Hellingen")
    sent = {"title": "Mine", "body": "Words.", "language": "en", "audience": "space", "publish": "1"}
    author.post("/write/", sent | {"translation_of": post.pk})
    assert other.contributions.get().post.translation_of is None


def test_a_series_shows_its_parts_in_order(client, charter):
    blog = BlogFactory()
    parts = [PostFactory(space=blog, title=f"Step {number}", series="Counter") for number in (1, 2, 3)]
    PostFactory(space=blog, title="Step apart", series="Counter", audience="network")
    page = client.get(parts[1].get_absolute_url())
    assertContains(page, "Part 2 of 3 of “Counter”")
    assertContains(page, f'<a href="{parts[2].get_absolute_url()}" lang="en">Step 3</a>')
    assertNotContains(page, "Step apart")


def test_sharing_knows_no_third_party(client, charter):
    post = PostFactory(title="Ramps & lifts")
    page = client.get(post.get_absolute_url())
    assertContains(page, 'href="mailto:?subject=Ramps%20%26%20lifts&amp;body=http%3A%2F%2Ftestserver')
    assertContains(page, "data-copy-link")


def test_blogs_are_narrowed_to_an_institution_and_a_theme(client, charter):
    port = InstitutionFactory()
    mine, other = BlogFactory(owner__institution=port, title="Quay"), BlogFactory(title="Hill")
    PostFactory(space=mine, tags=["mobility"])
    PostFactory(space=other, tags=["housing"])
    for query in (f"?institution={port.pk}", "?theme=mobil"):
        page = client.get(f"/blogs/{query}").content.decode()
        assert "Quay" in page
        assert "Hill" not in page
    for nonsense in ("?institution=x", "?institution=999999", "?language=xx"):
        assert client.get(f"/blogs/{nonsense}").status_code == 200


def test_a_part_that_is_offered_in_several_languages_is_one_part(client, charter):
    blog = BlogFactory()
    first = PostFactory(space=blog, title="Één", language="nl", series="Counter", tags=["data"])
    french = PostFactory(space=blog, title="Un", language="fr", series="Counter", translation_of=first)
    second = PostFactory(space=blog, title="Twee", language="nl", series="Counter", tags=["data"])
    dutch_page, french_page = (
        client.get(post.get_absolute_url()).content.decode() for post in (second, french)
    )
    assert "Part 2 of 2" in dutch_page
    assert first.get_absolute_url() in dutch_page
    assert french.get_absolute_url() not in dutch_page
    assert "Part 1 of 2" in french_page


def test_what_the_page_names_already_is_not_among_what_is_on_the_same_subjects(client, charter):
    blog = BlogFactory()
    post = PostFactory(space=blog, language="nl", series="Counter", tags=["data"])
    PostFactory(space=blog, language="fr", translation_of=post, tags=["data"])
    PostFactory(space=blog, language="nl", series="Counter", tags=["data"])
    assertNotContains(client.get(post.get_absolute_url()), "On the same subjects")
    other = PostFactory(title="From elsewhere", tags=["data"])
    assertContains(client.get(post.get_absolute_url()), "On the same subjects")
    assertContains(client.get(post.get_absolute_url()), other.get_absolute_url())
