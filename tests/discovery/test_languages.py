"""Lists show what is said in the languages that one reads, say so, and show all of it when asked."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from network.tags.models import Tag
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, TopicFactory

pytestmark = pytest.mark.django_db
MINE, ALL = "In the languages you read: Français.", "In all languages."


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina", languages=["fr"])


@pytest.fixture
def group(amina):
    return GroupFactory(title="Accessibility", members=[amina])


@pytest.fixture
def said(group):
    TopicFactory(space=group, title="Rampes", language="fr", tags=["access"])
    TopicFactory(space=group, title="Hellingen", language="nl", tags=["access"])


def addresses(group):
    return ["/feed/", group.get_absolute_url(), Tag.objects.get(name="access").get_absolute_url()]


def test_lists_leave_out_what_one_does_not_read_and_say_so(amina, group, said, client_of):
    for address in addresses(group):
        response = client_of(amina).get(address)
        assertContains(response, "Rampes")
        assertNotContains(response, "Hellingen")
        assertContains(response, MINE)
        assertContains(response, "?languages=all")


def test_lists_show_all_when_asked(amina, group, said, client_of):
    for address in addresses(group):
        response = client_of(amina).get(address, {"languages": "all"})
        assertContains(response, "Hellingen")
        assertContains(response, ALL)


@pytest.mark.parametrize("languages", [[], ["fr", "nl", "en"]])
def test_who_chose_nothing_or_reads_all_sees_all(amina, group, said, client_of, languages):
    amina.languages = languages
    amina.save()
    for address in addresses(group):
        response = client_of(amina).get(address)
        assertContains(response, "Hellingen")
        assertNotContains(response, "?languages=all")


def test_a_blog_shows_what_one_reads(amina, client_of):
    blog = BlogFactory()
    PostFactory(space=blog, title="Rampes", language="fr")
    PostFactory(space=blog, title="Hellingen", language="nl")
    address = blog.get_absolute_url()
    assertNotContains(client_of(amina).get(address), "Hellingen")
    assertContains(client_of(amina).get(address, {"languages": "all"}), "Hellingen")


def test_ones_own_words_are_never_left_out(amina, group, client_of):
    TopicFactory(space=group, title="Mijn vraag", language="nl", author=amina)
    for address in ("/feed/", group.get_absolute_url()):
        assertContains(client_of(amina).get(address), "Mijn vraag")


def test_visitors_see_all_languages(client, said, group):
    response = client.get(group.get_absolute_url())
    assertContains(response, "Hellingen")
    assertNotContains(response, "?languages=all")


def test_words_carry_their_language(amina, group, said, client_of):
    response = client_of(amina).get(group.get_absolute_url(), {"languages": "all"})
    assertContains(response, 'lang="nl">Hellingen</a>')


def test_search_looks_in_what_one_reads_unless_told_otherwise(amina, group, client_of):
    TopicFactory(space=group, title="Rampes du parlement", language="fr")
    TopicFactory(space=group, title="Parlement zonder drempels", language="nl")
    client = client_of(amina)
    assertNotContains(client.get("/search/", {"q": "parlement"}), "zonder")
    assertContains(client.get("/search/", {"q": "parlement", "language": "all"}), "zonder")
    assertContains(client.get("/search/", {"q": "parlement", "language": "nl"}), "zonder")


def test_a_page_of_the_feed_is_filled_with_what_one_reads_and_leads_to_the_rest(amina, group, client_of):
    for number in range(25):
        TopicFactory(space=group, title=f"Sujet {number:02}", language="fr")
        TopicFactory(space=group, title=f"Onderwerp {number:02}", language="nl")
    client = client_of(amina)
    first = client.get("/feed/").context["feed"]
    assert len(first) == 20
    second = client.get("/feed/", {"after": first.further}).context["feed"]
    titles = [entry.contribution.title for entry in [*first, *second]]
    assert titles == [f"Sujet {number:02}" for number in reversed(range(25))]
