"""Closed groups in a feed reader: by a secret link that can be revoked."""

import re

import feedparser
import pytest

from groups.models import FeedKey
from network.conversation.models import Membership
from network.members.models import Member
from tests.factories import TopicFactory


@pytest.fixture
def link(client_for, visitor):
    """link(): the address of the feed of the only group that the member has a link to."""

    def make(who="member"):
        client_for(who).post("/me/feeds/", {"links": "make"})
        found = re.findall(
            r"/groups/[\w-]+/feed/[^<\s]+/", client_for(who).get("/me/feeds/").content.decode()
        )
        return found[0] if found else None

    return make


@pytest.fixture
def closed(make_group, owner):
    group = make_group(visibility="hidden", title="Behind doors")
    TopicFactory(space=group, author=owner, title="Among ourselves", body="<p>EUPL &amp; co</p>")
    return group


def test_a_feed_reader_reads_a_closed_group_by_the_link(closed, link, visitor):
    response = visitor.get(link())
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Behind doors"
    assert [entry.title for entry in feed.entries] == ["Among ourselves"]
    assert feed.entries[0].author == "Olivia Owner"
    assert feed.entries[0].link.endswith(f"/groups/{closed.slug}/topics/{closed.contributions.get().pk}/")


def test_the_feed_of_a_public_group_is_read_by_a_real_reader_too(make_group, owner, visitor):
    group = make_group(visibility="public", title="Open source")
    TopicFactory(space=group, author=owner, title="Which licence?")
    feed = feedparser.parse(visitor.get(f"/groups/{group.slug}/feed.xml").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Which licence?"]


@pytest.mark.parametrize("links", ["end", "renew"])
def test_a_revoked_link_leads_nowhere(closed, link, client_for, visitor, links):
    address = link()
    client_for("member").post("/me/feeds/", {"links": links})
    assert visitor.get(address).status_code == 404
    assert FeedKey.objects.exists() == (links == "renew")


def test_a_link_ends_with_the_membership(closed, link, visitor, member):
    address = link()
    Membership.objects.filter(space=closed, member=member).update(state="banned")
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize("status", ["pending", "suspended", "deactivated"])
def test_a_link_ends_with_taking_part(closed, link, visitor, member, status):
    address = link()
    fields = {"status": status, "is_active": status != "deactivated"}
    Member.objects.filter(pk=member.pk).update(suspended_until="2099-01-01T00:00Z", **fields)
    assert visitor.get(address).status_code == 404


def test_a_link_opens_its_group_alone(closed, link, make_group, visitor):
    address = link()
    other = make_group(visibility="private")
    assert visitor.get(address.replace(closed.slug, other.slug)).status_code == 404
    for forged in ("1", "x.y:z", f"{FeedKey.objects.get().member_id}.{closed.pk}:forged"):
        assert visitor.get(f"/groups/{closed.slug}/feed/{forged}/").status_code == 404


def test_asking_twice_for_links_keeps_them(closed, link):
    assert link() == link()


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("pending", 403), ("stranger", 200)])
def test_verified_members_have_links_of_their_own_groups(closed, client_for, who, status):
    client = client_for(who)
    assert client.get("/me/feeds/").status_code == status
    client.post("/me/feeds/", {"links": "make"})
    assert closed.slug not in client.get("/me/feeds/").content.decode()


@pytest.mark.parametrize("rows", [2, 20])
def test_links_cost_the_same_for_few_and_for_many(
    link, make_group, client_for, django_assert_num_queries, rows
):
    for _ in range(rows):
        make_group()
    link()
    client = client_for("member")
    client.get("/health/")
    with django_assert_num_queries(8):
        assert len(client.get("/me/feeds/").context["links"]) == rows
