"""Search finds words whatever their endings and accents, and only in what one may read."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from network.discovery import search as searching
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


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina Diallo")


def titles(results):
    return [hit.title for hit in results.hits]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "fr",
            "Les fonctionnaires régionaux archivent.",
            ["fonctionnaire", "fonctionnaires", "regional", "RÉGIONAUX"],
        ),
        ("nl", "De ambtenaren bewaren hun mails.", ["ambtenaar", "ambtenaren", "mail"]),
        ("en", "Civil servants archive their mails.", ["servant", "archiving", "mail"]),
    ],
)
def test_words_are_found_with_other_endings_and_without_accents(amina, language, text, words):
    TopicFactory(title="Mail", body=f"<p>{text}</p>", language=language)
    for word in words:
        assert titles(searching.search(word, amina)) == ["Mail"], word


def test_a_word_left_out_is_left_out_whatever_its_ending(amina):
    TopicFactory(title="Both", body="<p>Les fonctionnaires et les archives.</p>", language="fr")
    TopicFactory(title="One", body="<p>Les fonctionnaires seuls.</p>", language="fr")
    assert titles(searching.search("fonctionnaire -archive", amina)) == ["One"]


def test_words_in_quotes_stand_together(amina):
    TopicFactory(title="Apart", body="<p>An open door and a source.</p>")
    TopicFactory(title="Together", body="<p>We use open source.</p>")
    assert titles(searching.search('"open source"', amina)) == ["Together"]


def test_the_title_counts_more_than_the_text(amina):
    TopicFactory(title="Ramps", body="<p>About doors.</p>")
    TopicFactory(title="Doors", body="<p>About ramps.</p>")
    assert titles(searching.search("ramps", amina)) == ["Ramps", "Doors"]


def test_replies_are_found_and_lead_to_their_place(amina, client_of):
    reply = ReplyFactory(root=TopicFactory(title="Licences"), body="<p>We chose the EUPL.</p>")
    response = client_of(amina).get("/search/", {"q": "EUPL"})
    assertContains(response, f"#reply-{reply.number}")
    assertContains(response, "<mark>EUPL</mark>")


def test_words_of_members_stay_words(amina, client_of):
    TopicFactory(title="Code", body="<p>Write &lt;script&gt;alert(1)&lt;/script&gt; ramps.</p>")
    response = client_of(amina).get("/search/", {"q": "ramps"})
    assertContains(response, "<mark>ramps</mark>")
    assertNotContains(response, "<script>alert")


def test_what_one_may_not_read_is_not_found_by_word_name_count_or_likeness(amina, client_of):
    hidden = GroupFactory(visibility="hidden", title="Zeppelinclub")
    TopicFactory(space=hidden, title="Zeppelinfahrt", body="<p>zeppelins</p>", tags=["zeppelinkunde"])
    client = client_of(amina)
    for query in ("zeppelins", "zeppelin", "zeppelinfahrd", "zeppelinkunde", "Zeppelinclub"):
        response = client.get("/search/", {"q": query})
        assertContains(response, "Nothing found")
        for planted in ("Zeppelinclub", "Zeppelinfahrt"):
            assertNotContains(response, f">{planted}<")


def test_places_people_and_tags_are_found_by_name(amina, client_of):
    GroupFactory(title="Accessibilité")
    MemberFactory(name="Zoé Accessi")
    TagFactory(
        name="accessible forms", label_fr="formulaires accessibles", label_nl="toegankelijke formulieren"
    )
    response = client_of(amina).get("/search/", {"q": "accessi"})
    for name in ("Accessibilité", "Zoé Accessi", "accessible forms"):
        assertContains(response, name)


def test_visitors_find_public_words_and_no_people(charter, client):
    TopicFactory(title="Open", body="<p>ramps</p>", author=MemberFactory(name="Rampsan"))
    TopicFactory(title="Closed", body="<p>ramps</p>", space=GroupFactory(visibility="network"))
    MemberFactory(name="Ramps Person")
    response = client.get("/search/", {"q": "ramps"}, headers={"Accept-Language": "en"})
    assertContains(response, "Open")
    assertNotContains(response, "Closed")
    assertNotContains(response, "Ramps Person")


def test_results_are_narrowed_to_a_kind_and_a_language(amina):
    TopicFactory(title="Topic", body="<p>ramps</p>")
    PostFactory(space=BlogFactory(), title="Post", body="<p>ramps</p>")
    TopicFactory(title="Sujet", body="<p>ramps</p>", language="fr")
    assert titles(searching.search("ramps", amina, kind="post")) == ["Post"]
    assert titles(searching.search("ramps", amina, languages=["fr"])) == ["Sujet"]


def test_a_typing_mistake_is_met_with_titles_that_look_alike(amina, client_of):
    TopicFactory(title="Accessibility of counters")
    TagFactory(name="procurement", label_fr="marchés publics", label_nl="overheidsopdrachten")
    response = client_of(amina).get("/search/", {"q": "accesibilty"})
    assertContains(response, "Did you mean")
    assertContains(response, "Accessibility of counters")
    assertContains(client_of(amina).get("/search/", {"q": "procurment"}), "procurement")


def test_beyond_the_most_that_is_ranked_the_page_says_so(amina, monkeypatch, client_of):
    monkeypatch.setattr(searching, "MOST_RANKED", 2)
    for number in range(3):
        TopicFactory(title=f"Ramp {number}", body="<p>ramps</p>")
    response = client_of(amina).get("/search/", {"q": "ramps"})
    assertContains(response, "More than 1,000 texts")
    assert sorted(titles(response.context["results"])) == ["Ramp 1", "Ramp 2"]


def test_results_page_by_number(amina, monkeypatch, client_of):
    monkeypatch.setattr(searching, "SIZE", 2)
    for number in range(3):
        TopicFactory(title=f"Ramp {number}", body="<p>ramps</p>")
    client = client_of(amina)
    first, second = (client.get("/search/", {"q": "ramps", "page": page}) for page in (1, 2))
    assert len({*titles(first.context["results"]), *titles(second.context["results"])}) == 3
    assertContains(first, "Page 1 of 2")


@pytest.mark.parametrize(
    "query", ["", "  ", "'", '"', "-", "\\", "%", ":*&|!", "\x00", "a" * 300, "<b>", "le la de"]
)
def test_any_query_gets_a_page(amina, client_of, query):
    assert client_of(amina).get("/search/", {"q": query, "page": "x", "kind": "nonsense"}).status_code == 200
    assert client_of(amina).get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize("count", [2, 20])
def test_a_search_costs_the_same_whatever_it_finds(amina, client_of, django_assert_num_queries, count):
    for number in range(count):
        TopicFactory(title=f"Ramp {number}", body="<p>ramps</p>", tags=[f"ramps {number}"])
    client = client_of(amina)
    client.get("/search/", {"q": "ramps"})
    with django_assert_num_queries(11):
        response = client.get("/search/", {"q": "ramps"})
    assert len(response.context["results"].hits) == count


@pytest.mark.parametrize("words", ['"red tape"', "“red tape”", "„red tape”", "« red tape »"])
def test_words_in_any_quotation_marks_stand_together(amina, words):
    TopicFactory(title="Together", body="<p>Less red tape, please.</p>", language="en")
    TopicFactory(title="Apart", body="<p>A tape that is red.</p>", language="en")
    assert titles(searching.search(words, amina)) == ["Together"]
