"""A member's home shows what is new in what they follow, and nothing that they may not read."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from network.conversation.actions import follow_member, follow_space, hide_contribution
from network.discovery import feed
from network.tags.actions import follow_tag
from network.tags.models import Tag
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


@pytest.fixture
def group(amina):
    return GroupFactory(title="Accessibility", members=[amina])


def test_visitors_are_sent_to_the_home_page_in_their_language(client):
    response = client.get("/", headers={"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5"})
    assertRedirects(response, "/nl/", fetch_redirect_response=False)
    assert "Accept-Language" in response["Vary"]
    assert "Cookie" in response["Vary"]


def test_members_are_sent_to_their_feed(amina, client_of):
    assertRedirects(client_of(amina).get("/"), "/feed/", fetch_redirect_response=False)


def test_the_feed_holds_what_is_new_in_groups_blogs_people_and_tags(amina, group, client_of):
    blog, author = BlogFactory(), MemberFactory(name="Pieter")
    TopicFactory(space=group, title="In my group")
    PostFactory(space=blog, title="In a blog I follow")
    TopicFactory(author=author, title="By somebody I follow")
    TopicFactory(title="Under a tag I follow", tags=["archives"])
    TopicFactory(title="Elsewhere")
    follow_space(blog, actor=amina)
    follow_member(author, actor=amina)
    follow_tag(Tag.objects.get(name="archives"), actor=amina)
    response = client_of(amina).get("/feed/")
    for title in ("In my group", "In a blog I follow", "By somebody I follow", "Under a tag I follow"):
        assertContains(response, title)
    assertContains(response, "You follow Pieter")
    assertContains(response, "Tag you follow: archives")
    assertNotContains(response, "Elsewhere")


def test_what_the_member_may_not_read_stays_out(amina, group, client_of):
    author = MemberFactory()
    follow_member(author, actor=amina)
    closed = GroupFactory(visibility="hidden")
    TopicFactory(space=closed, author=author, title="Behind a wall", tags=["archives"])
    follow_tag(Tag.objects.get(name="archives"), actor=amina)
    hidden = TopicFactory(space=group, title="Taken down")
    hide_contribution(hidden, actor=None)
    TopicFactory(space=group, title="For all")
    TopicFactory(space=group, title="Not posted", draft=True)
    TopicFactory(space=group, title="Not released", waiting=True)
    response = client_of(amina).get("/feed/")
    assertContains(response, "For all")
    for title in ("Behind a wall", "Taken down", "Not posted", "Not released"):
        assertNotContains(response, title)


def test_several_replies_to_one_topic_are_one_card(amina, group, client_of):
    topic = TopicFactory(space=group, title="Ramps")
    for _number in range(3):
        ReplyFactory(root=topic)
    response = client_of(amina).get("/feed/")
    assert len(response.context["feed"].entries) == 1
    assertContains(response, "and 2 other replies in this discussion")


def test_the_feed_goes_on_without_gaps_or_doubles(amina, client_of):
    groups = [GroupFactory(members=[amina]) for _number in range(3)]
    expected = [TopicFactory(space=groups[number % 3]).title for number in range(45)][::-1]
    client, seen, address = client_of(amina), [], "/feed/"
    for _page in range(5):
        page = client.get(address).context["feed"]
        seen += [entry.contribution.title for entry in page.entries]
        if not page.further:
            break
        address = f"/feed/?after={page.further.replace('+', '%2B')}"
    assert seen == expected


def test_a_page_that_lost_all_it_held_is_skipped(amina, group):
    old = TopicFactory(space=group, title="Old")
    for _number in range(feed.SIZE + 5):
        narrow = TopicFactory(space=group)
        type(narrow).objects.filter(pk=narrow.pk).update(
            audience="group", audience_space=GroupFactory(visibility="hidden")
        )
    assert [entry.contribution.title for entry in feed.feed_of(amina)] == [old.title]


def test_a_cursor_that_makes_no_sense_is_the_first_page(amina, group, client_of):
    TopicFactory(space=group, title="In my group")
    for cursor in ("nonsense", "2026-01-01~1", "~", "open:zz~1"):
        assert client_of(amina).get("/feed/", {"after": cursor}).status_code == 200


def test_what_came_since_the_last_visit_is_marked(amina, group, client_of):
    client = client_of(amina)
    TopicFactory(space=group, title="Before")
    assert not client.get("/feed/").context["feed"].has_new
    session = client.session
    session["feed_looked"] = (timezone.now() - 2 * feed.VISIT).isoformat()
    session.save()
    TopicFactory(space=group, title="Since")
    for _reload in range(2):
        page = client.get("/feed/").context["feed"]
        assert [(entry.contribution.title, entry.is_new) for entry in page] == [
            ("Since", True),
            ("Before", False),
        ]


def test_who_follows_nothing_is_shown_groups_to_join_and_what_is_open(amina, client_of):
    TopicFactory(title="Open to all", space=GroupFactory(title="Archivists"))
    response = client_of(amina).get("/feed/")
    assertContains(response, "Groups to start with")
    assertContains(response, "Archivists")
    assertContains(response, "Open to all")


def test_pending_members_see_what_is_public(charter, client_of):
    TopicFactory(title="Public")
    TopicFactory(space=GroupFactory(visibility="network"), title="For verified members")
    response = client_of(MemberFactory(pending=True)).get("/feed/")
    assertContains(response, "Public")
    assertNotContains(response, "For verified members")


def test_the_rail_shows_my_groups_with_what_i_have_not_read(amina, group, client_of):
    TopicFactory(space=group)
    response = client_of(amina).get("/feed/")
    (link,) = response.context["my_groups"]
    assert (link.title, link.unread) == ("Accessibility", 1)


def test_visitors_cost_no_query_for_what_stands_around_the_page(client, charter, django_assert_num_queries):
    client.get("/search/")
    with django_assert_num_queries(0):
        client.get("/search/")


@pytest.mark.parametrize("count", [3, 20])
def test_the_feed_costs_the_same_whatever_it_holds(amina, client_of, django_assert_num_queries, count):
    for number in range(count):
        TopicFactory(space=GroupFactory(members=[amina]), tags=[f"tag {number}", "archives"])
    follow_tag(Tag.objects.get(name="archives"), actor=amina)
    client = client_of(amina)
    client.get("/feed/")
    with django_assert_num_queries(9):
        response = client.get("/feed/")
    assert len(response.context["feed"]) == count
