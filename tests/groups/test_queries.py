"""What the pages cost: as many queries for twenty rows as for two."""

import pytest

from network.conversation.models import TaggedSpace
from tests.factories import (
    GroupFactory,
    InvitationFactory,
    MemberFactory,
    MembershipFactory,
    ReplyFactory,
    TagFactory,
    TopicFactory,
)

ROWS = [2, 20]


@pytest.fixture
def warm(client_of):
    """A client whose session and cached words are there already."""

    def make(member):
        client = client_of(member)
        client.get("/health/")
        return client

    return make


def _groups(count, **fields):
    tag = TagFactory()
    for _ in range(count):
        TaggedSpace.objects.create(content_object=GroupFactory(**fields), tag=tag)


def _topics(group, count):
    return [TopicFactory(space=group, author=MemberFactory(), tags=[f"theme {n}"]) for n in range(count)]


@pytest.mark.parametrize("rows", ROWS)
def test_directory(warm, django_assert_num_queries, stranger, rows):
    _groups(rows)
    for _ in range(rows):
        MembershipFactory(member=stranger, state="invited", space=GroupFactory(visibility="hidden"))
    client = warm(stranger)
    with django_assert_num_queries(12):
        response = client.get("/groups/")
    assert len(response.context["waiting"]) == rows


@pytest.mark.parametrize("rows", ROWS)
def test_directory_for_visitors(visitor, django_assert_num_queries, rows):
    _groups(rows)
    with django_assert_num_queries(3):
        assert len(visitor.get("/groups/").context["cards"]) == rows


@pytest.mark.parametrize("rows", ROWS)
def test_group(warm, make_group, django_assert_num_queries, member, rows):
    group = make_group()
    _topics(group, rows)
    client = warm(member)
    with django_assert_num_queries(12):
        assert len(client.get(f"/groups/{group.slug}/").context["piece"]) == rows


@pytest.mark.parametrize("rows", ROWS)
def test_group_for_visitors(visitor, make_group, django_assert_num_queries, rows):
    group = make_group()
    _topics(group, rows)
    with django_assert_num_queries(6):
        assert len(visitor.get(f"/groups/{group.slug}/").context["piece"]) == rows


@pytest.mark.parametrize("rows", ROWS)
def test_topic(warm, make_group, django_assert_num_queries, member, owner, rows):
    topic = TopicFactory(space=make_group(), author=owner, tags=["licences"])
    replies = [ReplyFactory(root=topic, author=MemberFactory()) for _ in range(rows)]
    ReplyFactory(root=topic, author=owner, parent=replies[0])
    client = warm(member)
    with django_assert_num_queries(12):
        assert client.get(topic.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", ROWS)
def test_topic_for_visitors(visitor, make_group, django_assert_num_queries, owner, rows):
    topic = TopicFactory(space=make_group(), author=owner, tags=["licences"])
    for _ in range(rows):
        ReplyFactory(root=topic, author=MemberFactory())
    with django_assert_num_queries(3):
        assert visitor.get(topic.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", ROWS)
def test_members(warm, make_group, django_assert_num_queries, facilitator, rows):
    group = make_group()
    for _ in range(rows):
        MembershipFactory(space=group)
        MembershipFactory(space=group, state="requested")
        MembershipFactory(space=group, state="invited")
        InvitationFactory(group=group)
    client = warm(facilitator)
    with django_assert_num_queries(12):
        assert client.get(f"/groups/{group.slug}/members/").status_code == 200
