"""Quoting a reply, and what links to the site's own content show."""

import pytest

from network.conversation.actions import hide_contribution
from tests.factories import GroupFactory, MembershipFactory, PostFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(charter):
    return TopicFactory(space=GroupFactory())


@pytest.fixture
def reader(topic, client_of):
    return client_of(MembershipFactory(space=topic.space).member)


def test_without_scripts_the_link_opens_the_form_with_the_quoted_words(topic, reader):
    reply = ReplyFactory(root=topic, body="<p>Ask the <strong>archivist</strong>.</p>")
    text = reader.get(topic.get_absolute_url()).content.decode()
    assert f"?from=1&amp;parent={reply.number}&amp;quote={reply.number}#reply-form" in text
    answer = reader.get(topic.get_absolute_url(), {"parent": 1, "quote": 1}).context["reply_form"]
    assert (answer.initial["body"], answer.initial["parent"]) == ("<p>“Ask the archivist.”</p>", 1)


def test_what_was_hidden_is_not_quoted(topic, reader):
    hide_contribution(ReplyFactory(root=topic, body="<p>Quagga.</p>"), actor=None)
    assert b"Quagga" not in reader.get(topic.get_absolute_url(), {"quote": 1}).content


@pytest.mark.parametrize("number", ["x", "-1", "99", "0"])
def test_a_quotation_that_makes_no_sense_breaks_nothing(topic, reader, number):
    assert reader.get(topic.get_absolute_url(), {"quote": number}).status_code == 200


def cards(client, *paths):
    response = client.get("/contributions/cards/", {"path": paths})
    assert response.status_code == 200
    return response.content.decode()


def test_links_to_topics_replies_and_posts_show_what_they_lead_to(topic, reader):
    reply, post = ReplyFactory(root=topic), PostFactory()
    asked = [topic.get_absolute_url(), f"/contributions/{reply.pk}/", post.get_absolute_url()]
    text = cards(reader, *asked)
    for path in asked:
        assert f'data-path="{path}"' in text
    assert topic.title in text
    assert post.title in text


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_what_one_may_not_read_stays_a_link(reader, client, client_of, visibility):
    secret = TopicFactory(space=GroupFactory(visibility=visibility), title="Quagga")
    for each in (reader, client):
        assert "Quagga" not in cards(each, secret.get_absolute_url(), f"/contributions/{secret.pk}/")
    assert "Quagga" in cards(client_of(secret.author), secret.get_absolute_url())


@pytest.mark.parametrize(
    "path", ["", "https://elsewhere.example/", "/groups/x/topics/99999999999999999999/", "/members/x/"]
)
def test_other_addresses_show_nothing(client, path):
    assert "link-card" not in cards(client, path)


@pytest.mark.parametrize("rows", [2, 20])
def test_cards_of_a_page_cost_one_query(client, topic, django_assert_num_queries, rows):
    paths = [f"/contributions/{ReplyFactory(root=topic, author=topic.author).pk}/" for _ in range(rows)]
    with django_assert_num_queries(1):
        assert cards(client, *paths).count("data-path") == rows
