import re

import pytest

from network.conversation.actions import mark_read
from tests.factories import MemberFactory, MembershipFactory, ReplyFactory, TagFactory, TopicFactory

OUTSIDE = ["visitor", "pending", "stranger"]
INSIDE = ["member", "facilitator", "owner"]


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", OUTSIDE + INSIDE),
        ("network", ["stranger", *INSIDE]),
        ("private", INSIDE),
    ],
)
@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_who_may_read_reads_and_others_see_the_card(
    client_for, make_group, owner, page, visibility, readers, who
):
    group = make_group(visibility=visibility, description="Why we are here.", rules="<p>Planted rule</p>")
    TopicFactory(space=group, author=owner, title="Planted title", body="<p>Planted words</p>")
    text = page(client_for(who).get(f"/groups/{group.slug}/"))
    assert "Why we are here." in text
    assert ("Planted title" in text) == (who in readers)
    assert ("Planted words" in text) == (who in readers)
    assert ("Planted rule" in text) == (who in readers)


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize(
    "path",
    ["", "join/", "members/", "settings/", "topics/new/", "feed.xml", "members/mia/", "topics/{topic}/"],
)
def test_a_hidden_group_answers_like_one_that_does_not_exist(client_for, make_group, owner, who, path):
    group = make_group(visibility="hidden", slug="secret-circle", title="Secret circle")
    topic = TopicFactory(space=group, author=owner, title="Planted title")
    client = client_for(who)
    there = client.get(f"/groups/secret-circle/{path.format(topic=topic.pk)}")
    absent = client.get(f"/groups/not-a-circle/{path.format(topic=topic.pk)}")
    assert there.status_code == absent.status_code
    if there.status_code == 302:
        assert there.url.replace("secret-circle", "not-a-circle") == absent.url
    else:
        assert there.status_code == 404
        assert _without_token(there).replace("secret-circle", "not-a-circle") == _without_token(absent)


def _without_token(response):
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.mark.parametrize("who", INSIDE)
def test_members_read_a_hidden_group(client_for, make_group, owner, page, who):
    group = make_group(visibility="hidden")
    TopicFactory(space=group, author=owner, title="Planted title")
    assert "Planted title" in page(client_for(who).get(f"/groups/{group.slug}/"))


@pytest.mark.parametrize(
    ("who", "sees"), [("visitor", False), ("pending", False), ("stranger", False), ("member", True)]
)
def test_who_keeps_order_in_a_private_group_is_known_to_its_members(client_for, make_group, page, who, sees):
    group = make_group(visibility="private")
    assert ("Farid Facilitator" in page(client_for(who).get(f"/groups/{group.slug}/"))) == sees


@pytest.mark.parametrize(("who", "may"), [("visitor", True), ("member", True), ("owner", False)])
def test_a_group_may_be_reported_but_not_by_its_owner(client_for, make_group, page, who, may):
    group = make_group()
    assert (f"/spaces/{group.pk}/report/" in page(client_for(who).get(f"/groups/{group.slug}/"))) == may


@pytest.mark.parametrize("state", ["requested", "invited", "banned"])
def test_neither_asking_nor_being_invited_nor_put_out_opens_a_private_group(
    client_for, make_group, owner, stranger, page, state
):
    group = make_group(visibility="private")
    TopicFactory(space=group, author=owner, title="Planted title")
    MembershipFactory(space=group, member=stranger, state=state)
    assert "Planted title" not in page(client_for("stranger").get(f"/groups/{group.slug}/"))


def test_an_administrator_reads_no_closed_group(client_of, make_group, owner, page):
    sofie = MemberFactory(roles=["administrator", "moderator"], superuser=True)
    private, hidden = make_group(visibility="private"), make_group(visibility="hidden")
    for group in (private, hidden):
        TopicFactory(space=group, author=owner, title="Planted title")
    assert "Planted title" not in page(client_of(sofie).get(f"/groups/{private.slug}/"))
    assert client_of(sofie).get(f"/groups/{hidden.slug}/").status_code == 404


def test_the_page_says_what_the_group_is(client_for, make_group, page):
    group = make_group(
        title="Open source", visibility="public", official=True, rules="<p>Be <strong>kind</strong>.</p>"
    )
    text = page(client_for("stranger").get(f"/groups/{group.slug}/"))
    assert "<title>Open source · Boucle</title>" in text
    assert "Public: anyone on the web can read this." in text
    assert "Official" in text
    assert "<strong>kind</strong>" in text
    assert "Olivia Owner" in text
    assert "Farid Facilitator" in text


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("visitor", []),
        ("pending", []),
        ("stranger", ["join", "members"]),
        ("member", ["leave", "members", "topics/new", "level"]),
        ("facilitator", ["leave", "members", "topics/new", "settings"]),
        ("owner", ["leave", "members", "topics/new", "settings"]),
    ],
)
def test_everyone_is_offered_what_they_may_do(client_for, make_group, page, who, links):
    group = make_group()
    text = page(client_for(who).get(f"/groups/{group.slug}/"))
    for name in ("join", "leave", "members", "topics/new", "settings"):
        assert (f'"/groups/{group.slug}/{name}/"' in text) == (name in links), name


def test_pinned_topics_come_first_then_the_most_recently_active(client_for, make_group, owner, page):
    group = make_group()
    first, second = (TopicFactory(space=group, author=owner, title=f"Title {n}") for n in "AB")
    pinned = TopicFactory(space=group, author=owner, title="Title P", pinned=True)
    TopicFactory(space=group, author=owner, title="Title C")
    ReplyFactory(root=first)
    text = page(client_for("stranger").get(f"/groups/{group.slug}/"))
    places = [text.index(f">Title {letter}<") for letter in "PACB"]
    assert places == sorted(places)
    assert second.pk < pinned.pk


def test_topics_page_by_key_and_pinned_ones_stand_on_the_first_page_alone(
    client_for, make_group, owner, page
):
    group = make_group()
    TopicFactory(space=group, author=owner, title="Pinned one", pinned=True)
    for number in range(22):
        TopicFactory(space=group, author=owner, title=f"Title {number:02}")
    client = client_for("stranger")
    first = client.get(f"/groups/{group.slug}/")
    second = client.get(f"/groups/{group.slug}/", {"after": first.context["piece"].further})
    shown = [page(response).count('<article class="card') for response in (first, second)]
    assert shown == [21, 2]
    assert "Pinned one" not in second.content.decode()
    assert {topic.pk for topic in first.context["piece"]}.isdisjoint(
        {topic.pk for topic in second.context["piece"]}
    )


@pytest.mark.parametrize("cursor", ["nonsense", "2026-01-01~x", "~", "9" * 40, "2026-13-45T00:00~1"])
def test_a_cursor_that_makes_no_sense_is_the_first_page(visitor, make_group, owner, page, cursor):
    group = make_group()
    TopicFactory(space=group, author=owner, title="Title A")
    assert "Title A" in page(visitor.get(f"/groups/{group.slug}/", {"after": cursor}))


def test_members_see_what_they_have_not_read(client_for, make_group, member, owner, page):
    group = make_group()
    topic = TopicFactory(space=group, author=owner)
    ReplyFactory(root=topic)
    new = page(client_for("member").get(f"/groups/{group.slug}/"))
    assert "1 unread" in new and '<span class="badge">New</span>' in new
    mark_read(topic, actor=member, number=0)
    begun = page(client_for("member").get(f"/groups/{group.slug}/"))
    assert "1 unread" in begun and '<span class="badge">New</span>' not in begun
    client_for("member").get(topic.get_absolute_url())
    assert "unread" not in page(client_for("member").get(f"/groups/{group.slug}/"))
    assert "unread" not in page(client_for("stranger").get(f"/groups/{group.slug}/"))


def test_what_was_said_before_joining_is_not_marked(client_for, make_group, owner, stranger, page):
    group = make_group()
    TopicFactory(space=group, author=owner)
    client = client_for("stranger")
    client.post(f"/groups/{group.slug}/join/")
    assert "unread" not in page(client.get(f"/groups/{group.slug}/"))


def test_topics_taken_out_of_sight_or_not_released_are_not_listed(client_for, make_group, owner, page):
    group = make_group()
    TopicFactory(space=group, author=owner, title="A draft", draft=True)
    TopicFactory(space=group, author=owner, title="Still thinking", waiting=True)
    TopicFactory(
        space=group, author=owner, title="Out of sight", moderation="clear"
    ).__class__.objects.filter(title="Out of sight").update(moderation="hidden")
    text = page(client_for("stranger").get(f"/groups/{group.slug}/"))
    for title in ("A draft", "Still thinking", "Out of sight"):
        assert title not in text


def test_a_group_shows_its_tags(visitor, make_group, page):
    group = make_group()
    group.tagged_items.create(tag=TagFactory(name="licences"))
    assert "licences" in page(visitor.get(f"/groups/{group.slug}/"))


def test_a_topic_for_the_network_alone_is_not_shown_to_visitors(client_for, make_group, owner, page):
    group = make_group(visibility="public")
    TopicFactory(space=group, author=owner, title="Among ourselves", audience="network")
    assert "Among ourselves" not in page(client_for("visitor").get(f"/groups/{group.slug}/"))
    assert "Among ourselves" not in page(client_for("pending").get(f"/groups/{group.slug}/"))
    assert "Among ourselves" in page(client_for("stranger").get(f"/groups/{group.slug}/"))


# The feed


def test_a_public_group_has_a_feed_of_its_topics(visitor, make_group, owner, page):
    group = make_group(visibility="public", title="Open source")
    TopicFactory(space=group, author=owner, title="Which licence?", body="<p>EUPL &amp; co</p>")
    TopicFactory(space=group, author=owner, title="Among ourselves", audience="network")
    response = visitor.get(f"/groups/{group.slug}/feed.xml")
    text = page(response)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Which licence?" in text
    assert "Olivia Owner" in text
    assert "Among ourselves" not in text


@pytest.mark.parametrize("visibility", ["network", "private", "hidden"])
def test_other_groups_have_no_feed_even_for_members(client_for, make_group, visibility):
    group = make_group(visibility=visibility)
    assert client_for("owner").get(f"/groups/{group.slug}/feed.xml").status_code == 404
