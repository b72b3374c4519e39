"""Feeds: valid for a real reader, asked for cheaply, and of what anyone on the web may read alone."""

import json

import feedparser
import pytest

from network.conversation.actions import hide_contribution
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def blog(charter):
    """A public blog with one post for everybody and others that aren't."""
    blog = BlogFactory(visibility="public", title="Ramps & doors", owner=MemberFactory(name="Amina"))
    PostFactory(space=blog, title="For all <b>", body="<p>“Words” & more</p>", tags=["ramps"])
    PostFactory(space=blog, title="zanzibar network", audience="network", tags=["ramps"])
    PostFactory(space=blog, title="zanzibar draft", draft=True, tags=["ramps"])
    PostFactory(space=blog, title="zanzibar waiting", waiting=True, tags=["ramps"])
    hide_contribution(PostFactory(space=blog, title="zanzibar hidden", tags=["ramps"]), actor=None)
    TopicFactory(space=GroupFactory(visibility="private"), title="zanzibar topic", tags=["ramps"])
    return blog


@pytest.mark.parametrize("door", ["/blogs/{}/feed.xml", "/tags/ramps/feed.xml"])
def test_a_feed_reader_reads_atom(blog, client, client_of, door):
    for reader in (client, client_of(blog.owner)):
        answer = reader.get(door.format(blog.slug))
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert feed.version == "atom10"
        assert [entry.title for entry in feed.entries] == ["For all <b>"]
        assert feed.entries[0].author == "Amina"
        assert feed.entries[0].link.startswith("http")
        assert feed.entries[0].tags[0].term == "ramps"
        assert "zanzibar" not in answer.content.decode()


def test_json_feed_says_the_same(blog, client):
    answer = client.get(f"/blogs/{blog.slug}/feed.json")
    assert answer["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry["title"] for entry in feed["items"]] == ["For all <b>"]
    assert feed["authors"] == [{"name": "Amina"}]
    assert "zanzibar" not in answer.content.decode()


@pytest.mark.parametrize("door", ["/blogs/{}/feed.xml", "/blogs/{}/feed.json", "/tags/ramps/feed.xml"])
def test_nothing_is_sent_again_to_who_has_it(blog, client, door):
    door = door.format(blog.slug)
    tag = client.get(door)["ETag"]
    again = client.get(door, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    PostFactory(space=blog, title="News", tags=["ramps"])
    assert client.get(door, headers={"If-None-Match": tag}).status_code == 200


def test_a_blog_of_the_network_and_an_unknown_tag_have_none(charter, client_of):
    blog = BlogFactory(visibility="network")
    client = client_of(blog.owner)
    for door in (f"/blogs/{blog.slug}/feed.xml", f"/blogs/{blog.slug}/feed.json", "/tags/nowhere/feed.xml"):
        assert client.get(door).status_code == 404


@pytest.mark.parametrize("count", [2, 20])
def test_a_tag_feed_costs_the_same_however_long(charter, client, count, django_assert_num_queries):
    blog = BlogFactory(visibility="public")
    for number in range(count):
        PostFactory(space=blog, title=f"Post {number}", tags=["ramps", f"tag {number}"])
    client.get("/tags/ramps/feed.xml")
    with django_assert_num_queries(3):
        client.get("/tags/ramps/feed.xml")
