"""Who sees what: the rule is written twice, for lists and for one object, and both must always agree."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from network.conversation.models import Contribution, Membership, Space
from network.conversation.permissions import can_read_space, can_see_contribution, can_see_space
from network.members.models import Member
from tests.factories import (
    BlogFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    ReplyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

VISIBILITIES = ["public", "network", "private", "hidden"]
STATES = ["invited", "requested", "active", "banned"]


def _readers(spaces):
    """Everyone who may come by: by status, by site role, and by each tie to each of the spaces."""
    yield "visitor", AnonymousUser()
    yield "nobody", None
    yield "stranger", MemberFactory()
    yield "pending", MemberFactory(pending=True)
    yield "suspended", MemberFactory(suspended=True)
    yield "moderator", MemberFactory(roles=["moderator"])
    yield "superuser", MemberFactory(superuser=True)
    for space, state in itertools.product(spaces, STATES):
        yield f"{state} in {space.slug}", MembershipFactory(space=space, state=state).member
    for space in spaces:
        yield f"facilitator of {space.slug}", MembershipFactory(space=space, role="facilitator").member
        yield f"follower of {space.slug}", MembershipFactory(space=space, role="follower").member
        yield (
            f"suspended in {space.slug}",
            MembershipFactory(space=space, member=MemberFactory(suspended=True)).member,
        )


def _places():
    groups = [GroupFactory(visibility=visibility, slug=visibility) for visibility in VISIBILITIES]
    blogs = [BlogFactory(visibility=visibility) for visibility in ("public", "network")]
    return groups, blogs


def _everything(groups, blogs):
    """Each kind of contribution in each place, audience, stage and state of moderation."""
    author = MemberFactory()
    audiences = [("", None), ("network", None), ("group", groups[2])]
    roots = [
        TopicFactory(space=group, author=author, audience=audience, audience_space=space)
        for group in groups
        for audience, space in audiences
        if space is None
    ] + [
        PostFactory(space=blog, audience=audience)
        for blog in blogs
        for audience, space in audiences
        if space is None
    ]
    for blog in blogs:
        MembershipFactory(space=groups[2], member=blog.owner)
        roots.append(PostFactory(space=blog, audience="group", audience_space=groups[2]))
    for root in list(roots):
        replies = [ReplyFactory(root=root, author=root.author) for _ in range(4)]
        for reply, moderation in zip(replies, ["clear", "awaiting", "hidden", "removed"], strict=True):
            Contribution.objects.filter(pk=reply.pk).update(moderation=moderation)
    for group in groups:
        TopicFactory(space=group, author=author, draft=True)
        TopicFactory(space=group, author=author, waiting=True)
        for moderation in ("awaiting", "hidden", "removed"):
            topic = TopicFactory(space=group, author=author)
            ReplyFactory(root=topic)
            Contribution.objects.filter(pk=topic.pk).update(moderation=moderation)
    return author


def _again(reader):
    """As another request would load them: nothing is remembered."""
    return Member.objects.get(pk=reader.pk) if isinstance(reader, Member) else reader


def test_lists_and_single_answers_agree_on_every_contribution_for_every_reader():
    groups, blogs = _places()
    author = _everything(groups, blogs)
    readers = [*_readers([*groups, *blogs]), ("author", author), ("owner", blogs[0].owner)]
    everything = list(
        Contribution.objects.select_related("space", "root__space", "audience_space", "root__audience_space")
    )
    assert len(everything) > 80
    for name, reader in readers:
        reader = _again(reader)
        listed = set(Contribution.objects.visible_to(reader).values_list("pk", flat=True))
        allowed = {c.pk for c in everything if can_see_contribution(reader, c)}
        assert listed == allowed, name


def test_lists_and_single_answers_agree_on_every_space_for_every_reader():
    groups, blogs = _places()
    for name, reader in _readers([*groups, *blogs]):
        reader = _again(reader)
        spaces = list(Space.objects.all())
        cards = set(Space.objects.visible_to(reader).values_list("slug", flat=True))
        assert cards == {space.slug for space in spaces if can_see_space(reader, space)}, name
        readable = set(Space.objects.readable_by(reader).values_list("slug", flat=True))
        assert readable == {space.slug for space in spaces if can_read_space(reader, space)}, name


# What each reader reads in a group of each visibility: public, network, private, hidden.
READS = [
    ("visitor", "yes no no no"),
    ("stranger", "yes yes no no"),
    ("pending", "yes no no no"),
    ("moderator", "yes yes no no"),
    ("superuser", "yes yes no no"),
    ("member", "yes yes yes yes"),
    ("invited", "yes yes no no"),
    ("requested", "yes yes no no"),
    ("banned", "yes yes no no"),
    ("suspended member", "yes no no no"),
]


@pytest.mark.parametrize(("reader", "row"), READS)
def test_what_each_reader_reads_in_a_group_of_each_visibility(reader, row):
    for visibility, expected in zip(VISIBILITIES, row.split(), strict=True):
        topic = TopicFactory(space__visibility=visibility)
        member = _reader(reader, topic.space)
        assert Contribution.objects.visible_to(member).filter(pk=topic.pk).exists() == (expected == "yes"), (
            visibility
        )


def _reader(name, group):
    if name == "visitor":
        return AnonymousUser()
    if name in ("invited", "requested", "banned"):
        return MembershipFactory(space=group, state=name).member
    if name == "member":
        return MembershipFactory(space=group).member
    if name == "suspended member":
        return MembershipFactory(space=group, member=MemberFactory(suspended=True)).member
    return {
        "stranger": MemberFactory,
        "pending": lambda: MemberFactory(pending=True),
        "moderator": lambda: MemberFactory(roles=["moderator"]),
        "superuser": lambda: MemberFactory(superuser=True),
    }[name]()


def test_a_former_member_of_a_closed_group_no_longer_reads_even_their_own_words_there():
    topic = TopicFactory(space__visibility="hidden")
    assert Contribution.objects.visible_to(topic.author).filter(pk=topic.pk).exists()
    Membership.objects.filter(member=topic.author).delete()
    assert not Contribution.objects.visible_to(topic.author).filter(pk=topic.pk).exists()
