"""The week's news of groups in one message, for those who asked for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from network.conversation.actions import send_digest
from network.conversation.tasks import last_monday, send_digests
from network.notifications.actions import send_waiting_mail
from network.notifications.models import DigestState, OutboxMail
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


@pytest.fixture
def group(amina):
    group = GroupFactory(members=[amina], title="Open source")
    amina.memberships.update(level="digest")
    return group


def digests():
    return OutboxMail.objects.filter(subject__contains="week in your groups")


def test_what_was_new_in_a_group_comes_in_one_message_a_week(amina, group):
    topic = TopicFactory(space=group, title="Which licence?")
    ReplyFactory(root=topic)
    TopicFactory(title="In another group")
    for _ in range(2):
        send_digests()
    message = digests().get()
    assert (message.to, message.language) == (amina.email, "en")
    assert "Which licence? (1 reply)" in message.text
    assert "In another group" not in message.text
    assert topic.get_absolute_url() in message.text
    assert "because you asked for a weekly digest" in message.text


def test_nothing_new_is_no_message(group):
    send_digests()
    assert not OutboxMail.objects.exists()


def test_the_next_one_comes_next_week_and_tells_only_what_is_new(amina, group):
    TopicFactory(space=group, title="Old news")
    send_digests()
    TopicFactory(space=group, title="Fresh news")
    send_digests()
    assert digests().count() == 1
    DigestState.objects.update(sent_at=last_monday(timezone.now()) - timedelta(seconds=1))
    OutboxMail.objects.all().delete()
    send_digests()
    assert "Fresh news" in digests().get().text


@pytest.mark.parametrize("level", ["everything", "mentions", "nothing"])
def test_who_chose_another_level_gets_none(amina, group, level):
    amina.memberships.update(level=level)
    TopicFactory(space=group)
    send_digests()
    assert not digests().exists()


@pytest.mark.parametrize("trait", ["suspended", "deactivated", "pending"])
def test_who_does_not_take_part_gets_none(charter, trait):
    group = GroupFactory()
    MembershipFactory(space=group, member=MemberFactory(**{trait: True}), level="digest")
    TopicFactory(space=group)
    send_digests()
    assert not digests().exists()


def test_one_click_stops_it(amina, group):
    TopicFactory(space=group)
    send_digests()
    send_waiting_mail()
    message = next(sent for sent in mail.outbox if "week in your groups" in sent.subject)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address[address.index("/notifications/") :], {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    DigestState.objects.all().delete()
    OutboxMail.objects.all().delete()
    TopicFactory(space=group)
    send_digests()
    assert not digests().exists()


def test_the_digest_is_offered_to_members(amina, group, client_of):
    assert "A weekly digest" in client_of(amina).get(group.get_absolute_url()).content.decode()
    client_of(amina).post(f"/groups/{group.slug}/level/", {"level": "digest"})
    assert amina.memberships.get().level == "digest"


def test_two_schedulers_send_one(amina, group):
    TopicFactory(space=group)
    since = last_monday(timezone.now())
    assert send_digest(amina, since=since)
    assert send_digest(amina, since=since) is None


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 16, 6, tzinfo=UTC)),
        (datetime(2026, 11, 23, 6, 1, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
    ],
)
def test_the_week_begins_on_monday_morning(now, monday):
    assert last_monday(now) == monday


@pytest.mark.parametrize("rows", [2, 20])
def test_a_digest_costs_the_same_whatever_it_tells(amina, group, django_assert_max_num_queries, rows):
    for _ in range(rows):
        TopicFactory(space=group)
    with django_assert_max_num_queries(14):
        send_digest(amina, since=last_monday(timezone.now()))
