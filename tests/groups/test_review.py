"""Where a group wants it, a newcomer's first contribution is looked at before others see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.conversation.actions import release_contribution
from network.conversation.counters import drifted
from network.conversation.models import Contribution
from network.conversation.tasks import release_due
from network.notifications.models import Notification, OutboxMail
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

WORDS = {"title": "My first topic", "type": "discussion", "body": "Good morning.", "language": "en"}


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.RELEASE_DELAY = 0


@pytest.fixture
def group(make_group):
    return make_group(review_newcomers=True)


@pytest.fixture
def first(client_for, group):
    """What the member has just posted, and nobody has looked at."""
    client_for("member").post(f"/groups/{group.slug}/topics/new/", WORDS)
    return Contribution.objects.get()


def answer(client, contribution, **data):
    return client.post(f"/groups/{contribution.space.slug}/review/{contribution.pk}/", data, follow=True)


def seen(client, contribution):
    return client.get(f"/contributions/{contribution.pk}/").status_code == 302


def test_a_first_contribution_waits_and_its_author_is_told(client_for, first, page):
    release_due()
    text = page(client_for("member").get(f"/groups/{first.space.slug}/topics/{first.pk}/"))
    assert "a facilitator looks at first contributions" in text
    assert not seen(client_for("stranger"), first)
    assert not seen(client_for("facilitator"), first)
    told = set(Notification.objects.filter(kind="to_review").values_list("recipient__handle", flat=True))
    assert told == {"farid", "olivia"}


@pytest.mark.parametrize("who", ["facilitator", "owner"])
def test_those_who_keep_order_publish_it(client_for, first, member, page, who):
    client = client_for(who)
    assert "Good morning." in page(client.get(f"/groups/{first.space.slug}/review/"))
    assert "It is published." in page(answer(client, first, answer="approve"))
    assert seen(client_for("stranger"), first)
    assert Notification.objects.filter(recipient=member, kind="approved").exists()
    assert "wait any more" in page(answer(client, first, answer="approve"))
    assert not any(drifted().values())


def test_they_give_it_back_with_why(client_for, first, member, page):
    client = client_for("facilitator")
    text = page(answer(client, first, answer="refuse", reason=""))
    assert "Say why" in text
    assert "Good morning." in text
    assert "given back" in page(answer(client, first, answer="refuse", reason="Rather ask in Archives."))
    first.refresh_from_db()
    assert (first.published_at, first.moderation) == (None, "clear")
    mail = OutboxMail.objects.get(recipient=member, subject__contains="published")
    assert "Rather ask in Archives." in mail.text
    assert Notification.objects.filter(recipient=member, kind="returned").exists()


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("stranger", 403), ("pending", 403)])
def test_others_neither_see_the_list_nor_answer(client_for, first, who, status):
    client = client_for(who)
    assert client.get(f"/groups/{first.space.slug}/review/").status_code == status
    assert answer(client, first, answer="approve").status_code == status
    first.refresh_from_db()
    assert first.released_at is None


def test_its_author_may_take_it_back_and_post_it_again(client_for, first):
    client_for("member").post(f"/contributions/{first.pk}/undo/")
    first.refresh_from_db()
    assert (first.is_draft, first.moderation) == (True, "clear")


def test_from_the_second_on_nothing_waits(client_for, first, page):
    answer(client_for("facilitator"), first, answer="approve")
    client_for("member").post(f"/groups/{first.space.slug}/topics/new/", WORDS | {"title": "My second topic"})
    assert Contribution.objects.get(title="My second topic").released_at


@pytest.mark.parametrize("who", ["facilitator", "owner"])
def test_those_who_keep_order_wait_for_nobody(client_for, group, who):
    client_for(who).post(f"/groups/{group.slug}/topics/new/", WORDS)
    assert Contribution.objects.get().released_at


def test_where_the_group_does_not_want_it_nothing_waits(client_for, make_group):
    client_for("member").post(f"/groups/{make_group().slug}/topics/new/", WORDS)
    assert Contribution.objects.get().released_at


def test_a_first_reply_waits_too_and_gets_its_number_when_it_is_published(client_for, group, owner):
    topic = TopicFactory(space=group, author=owner)
    reply = ReplyFactory(root=topic, author=MemberFactory())
    ReplyFactory(root=topic, author=owner)
    assert release_contribution(reply) is False
    answer(client_for("facilitator"), reply, answer="approve")
    reply.refresh_from_db()
    assert reply.number == 2
    assert not any(drifted().values())


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_costs_the_same_whatever_waits(client_for, group, django_assert_num_queries, rows):
    for _ in range(rows):
        TopicFactory(space=group, author=MemberFactory())
    client = client_for("facilitator")
    client.get("/health/")
    with django_assert_num_queries(9):
        assert len(client.get(f"/groups/{group.slug}/review/").context["waiting"]) == rows


def test_a_facilitator_of_another_group_does_not_answer_here(client_for, first, facilitator):
    other = GroupFactory(owner=facilitator)
    client = client_for("facilitator")
    assert client.post(f"/groups/{other.slug}/review/{first.pk}/", {"answer": "approve"}).status_code == 404


def test_what_moderators_look_at_by_a_decision_is_theirs_alone(client_for, first, member, page):
    type(member).objects.filter(pk=member.pk).update(
        posting_restriction="review", posting_restricted_until=timezone.now() + timedelta(days=7)
    )
    client = client_for("facilitator")
    assert "Good morning." not in page(client.get(f"/groups/{first.space.slug}/review/"))
    answer(client, first, answer="approve")
    first.refresh_from_db()
    assert first.released_at is None
