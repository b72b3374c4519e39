"""Where one has read to: what is unread, how one comes to it, and what arrives meanwhile."""

import pytest

from network.conversation.models import ReadingPosition
from tests.factories import GroupFactory, ReplyFactory, TopicFactory


@pytest.fixture
def topic(make_group, owner):
    return TopicFactory(space=make_group(), author=owner, title="Archives")


def card(page, client, topic):
    text = page(client.get(topic.space.get_absolute_url()))
    return text[text.index("<article") : text.index("</article>")]


def test_a_topic_that_nobody_replied_to_is_new_and_has_no_unread_reply(client_for, topic, page):
    text = card(page, client_for("member"), topic)
    assert ">New<" in text.replace("</svg>", "")
    assert "unread" not in text.replace("card--unread", "").replace("card__unread", "")


def test_unread_replies_are_counted_without_the_opening(client_for, topic, page):
    for _ in range(3):
        ReplyFactory(root=topic)
    client = client_for("member")
    assert "3 unread" in card(page, client, topic)
    client.get(topic.get_absolute_url())
    text = card(page, client, topic)
    assert "unread<" not in text
    ReplyFactory(root=topic)
    text = card(page, client, topic)
    assert "1 unread" in text
    assert f"{topic.get_absolute_url()}?from=4#reply-4" in text


def test_one_goes_to_the_first_unread_reply(client_for, topic, page, member):
    for _ in range(30):
        ReplyFactory(root=topic, author=topic.author)
    ReadingPosition.objects.create(member=member, root=topic.contribution_ptr, number=22)
    text = page(client_for("member").get(topic.get_absolute_url()))
    assert 'href="?from=23#reply-23"' in text
    assert "Go to the first unread reply" in text
    text = page(client_for("member").get(topic.get_absolute_url(), {"from": 23}))
    assert "Go to the first unread reply" not in text


def test_the_address_of_a_reply_leads_to_a_page_that_shows_it(client_for, topic, page):
    for _ in range(25):
        reply = ReplyFactory(root=topic, author=topic.author)
    address, anchor = reply.get_absolute_url().split("#")
    assert f'id="{anchor}"' in page(client_for("visitor").get(address))


def test_a_page_beyond_the_end_is_the_end(client_for, topic, page):
    ReplyFactory(root=topic)
    assert 'id="reply-1"' in page(client_for("visitor").get(topic.get_absolute_url(), {"from": 999}))


def test_everything_in_a_group_is_marked_as_read(client_for, topic, page, member, owner):
    ReplyFactory(root=topic)
    other = TopicFactory(space=GroupFactory(members=[member]), author=owner)
    client = client_for("member")
    response = client.post(f"/groups/{topic.space.slug}/read/", follow=True)
    assert "Everything in this group is marked as read." in page(response)
    positions = dict(ReadingPosition.objects.filter(member=member).values_list("root", "number"))
    assert positions == {topic.pk: 1}
    client.post("/groups/read/")
    positions = dict(ReadingPosition.objects.filter(member=member).values_list("root", "number"))
    assert positions == {topic.pk: 1, other.pk: 0}


def test_nothing_is_marked_as_read_for_who_does_not_belong(client_for, topic, stranger):
    client_for("stranger").post(f"/groups/{topic.space.slug}/read/")
    client_for("stranger").post("/groups/read/")
    assert not ReadingPosition.objects.filter(member=stranger).exists()


@pytest.mark.parametrize("who", ["stranger", "pending"])
def test_nobody_marks_a_hidden_group(client_for, make_group, who):
    group = make_group(visibility="hidden")
    assert client_for(who).post(f"/groups/{group.slug}/read/").status_code == 404


def announced(client, topic, after):
    return client.get(f"/contributions/{topic.pk}/new/", {"after": after})


def test_new_replies_announce_themselves(client_for, topic, page, member):
    ReplyFactory(root=topic)
    client = client_for("member")
    assert f"/contributions/{topic.pk}/new/?after=1" in page(client.get(topic.get_absolute_url()))
    assert announced(client, topic, 1).status_code == 204
    for author in (topic.author, topic.author, member):
        ReplyFactory(root=topic, author=author)
    text = page(announced(client, topic, 1))
    assert "2 new replies" in text
    assert f"{topic.get_absolute_url()}?from=2#reply-2" in text


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_what_comes_in_a_closed_group_is_not_announced_outside(client_for, make_group, owner, visibility):
    topic = TopicFactory(space=make_group(visibility=visibility), author=owner)
    ReplyFactory(root=topic, author=owner)
    assert announced(client_for("member"), topic, 0).status_code == 200
    assert announced(client_for("stranger"), topic, 0).status_code == 404


@pytest.mark.parametrize("count", [2, 20])
def test_asking_for_new_replies_costs_the_same(client_for, topic, django_assert_num_queries, count):
    for _ in range(count):
        ReplyFactory(root=topic, author=topic.author)
    client = client_for("member")
    client.get("/health/")
    with django_assert_num_queries(5):
        announced(client, topic, 0)


def test_who_was_put_out_while_typing_reads_the_words_again(client_for, make_group, owner, member):
    topic = TopicFactory(space=make_group(visibility="private"), author=owner)
    client = client_for("member")
    client.get(topic.get_absolute_url())
    member.memberships.update(state="banned")
    response = client.post(topic.get_absolute_url(), {"body": "What I was about to say", "language": "en"})
    assert response.status_code == 404
    assert "What I was about to say" in response.content.decode()


def test_a_reply_of_a_hundred_thousand_characters_is_posted_and_a_longer_one_refused(
    client_for, topic, page, settings
):
    settings.RELEASE_DELAY = 0
    client = client_for("member")
    client.post(topic.get_absolute_url(), {"body": "word " * 20_000, "language": "en"})
    assert topic.thread.__class__.objects.get(root=topic).reply_count == 1
    text = page(client.post(topic.get_absolute_url(), {"body": "word " * 50_000, "language": "en"}))
    assert "This text is too long" in text
    assert "word word" in text
