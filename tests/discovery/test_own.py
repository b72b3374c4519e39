"""What is one's own: drafts and bookmarks, seen by nobody else."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from network.conversation.actions import bookmark, hide_contribution
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


def test_drafts_are_listed_with_the_way_to_go_on(amina, client_of):
    draft = TopicFactory(author=amina, draft=True, title="Half a thought")
    topic = TopicFactory(title="Ramps")
    reply = ReplyFactory(root=topic, author=amina, draft=True)
    TopicFactory(draft=True, title="Another's")
    TopicFactory(author=amina, title="Posted")
    response = client_of(amina).get("/me/drafts/")
    assertContains(response, "Half a thought")
    assertContains(response, f"/groups/{draft.space.slug}/topics/new/?draft={draft.pk}")
    assertContains(response, "Reply to “Ramps”")
    assertContains(response, reply.writing_url)
    assertNotContains(response, "Another’s")
    assertNotContains(response, "Posted</a>")


def test_bookmarks_are_listed_the_last_kept_first_while_they_may_be_read(amina, client_of):
    first, second = TopicFactory(title="First"), TopicFactory(title="Second")
    taken_down = TopicFactory(title="Taken down")
    closed = GroupFactory(visibility="private", members=[amina])
    left = TopicFactory(space=closed, title="In a group I left")
    for topic in (second, first, taken_down, left):
        bookmark(topic, actor=amina)
    hide_contribution(taken_down, actor=None)
    amina.memberships.all().delete()
    response = client_of(amina).get("/me/bookmarks/")
    assert [card.title for card in response.context["cards"]] == ["First", "Second"]


@pytest.mark.parametrize("page", ["/me/", "/me/drafts/", "/me/bookmarks/", "/me/notifications/", "/feed/"])
def test_visitors_are_sent_to_log_in(client, page):
    assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


def test_everything_of_ones_own_is_reached_from_one_page(amina, client_of):
    response = client_of(amina).get("/me/")
    for address in ("/me/profile/", "/me/notifications/", "/me/drafts/", "/me/bookmarks/", "/me/privacy/"):
        assertContains(response, f'href="{address}"')


@pytest.mark.parametrize("count", [2, 20])
def test_bookmarks_cost_the_same_however_many(amina, client_of, django_assert_num_queries, count):
    for number in range(count):
        bookmark(TopicFactory(tags=[f"tag {number}"]), actor=amina)
    client = client_of(amina)
    client.get("/me/bookmarks/")
    with django_assert_num_queries(9):
        response = client.get("/me/bookmarks/")
    assert len(response.context["cards"]) == count


@pytest.mark.parametrize("count", [2, 20])
def test_drafts_cost_the_same_however_many(amina, client_of, django_assert_num_queries, count):
    for _number in range(count):
        TopicFactory(author=amina, draft=True)
    client = client_of(amina)
    client.get("/me/drafts/")
    with django_assert_num_queries(9):
        response = client.get("/me/drafts/")
    assert len(response.context["piece"]) == count
