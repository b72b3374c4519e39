"""Ten seconds to think, and what follows when they are over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.charter.models import CharterVersion
from network.conversation.actions import (
    hide_contribution,
    post_contribution,
    release_contribution,
    restore_contribution,
    undo_contribution,
)
from network.conversation.counters import drifted
from network.conversation.models import Contribution, ThreadState
from network.conversation.tasks import release_due
from network.notifications.models import Notification
from tests.factories import (
    CharterFactory,
    MemberFactory,
    PostFactory,
    ReplyFactory,
    TagFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def _later(contribution):
    return contribution.published_at + timedelta(seconds=1)


def test_what_is_posted_is_seen_by_its_author_alone_until_its_release():
    reply = ReplyFactory(waiting=True)
    others = Contribution.objects.visible_to(MemberFactory())
    assert not others.filter(pk=reply.pk).exists()
    assert Contribution.objects.visible_to(reply.author).filter(pk=reply.pk).exists()
    assert release_contribution(reply, now=_later(reply))
    assert others.all().filter(pk=reply.pk).exists()


def test_the_release_waits_for_its_moment():
    reply = ReplyFactory(waiting=True)
    assert not release_contribution(reply)
    reply.refresh_from_db()
    assert reply.released_at is None


def test_releasing_twice_changes_nothing_the_second_time():
    reply = ReplyFactory(waiting=True)
    assert release_contribution(reply, now=_later(reply))
    assert not release_contribution(reply, now=_later(reply))
    thread = ThreadState.objects.get(pk=reply.root_id)
    assert (thread.reply_count, thread.last_number) == (1, 1)


def test_taking_back_within_the_seconds_gives_the_text_back_as_a_draft():
    reply = ReplyFactory(waiting=True)
    assert undo_contribution(reply, actor=reply.author)
    assert not release_contribution(reply, now=timezone.now() + timedelta(days=1))
    reply.refresh_from_db()
    assert reply.is_draft and reply.body_text


def test_what_the_worker_missed_is_released_by_the_sweep():
    reply = ReplyFactory(waiting=True)
    Contribution.objects.filter(pk=reply.pk).update(published_at=timezone.now() - timedelta(hours=1))
    release_due()
    reply.refresh_from_db()
    assert reply.released_at and reply.number == 1


def test_one_text_that_cannot_be_released_keeps_no_other_waiting():
    first, second = ReplyFactory(waiting=True), ReplyFactory(waiting=True)
    ThreadState.objects.filter(pk=first.root_id).delete()
    Contribution.objects.update(published_at=timezone.now() - timedelta(hours=1))
    release_due()
    first.refresh_from_db(), second.refresh_from_db()
    assert first.released_at is None and second.released_at


def test_a_text_goes_back_to_its_author_who_was_suspended_meanwhile():
    reply = ReplyFactory(waiting=True)
    reply.author.status = "suspended"
    reply.author.suspended_until = timezone.now() + timedelta(days=3)
    reply.author.save()
    assert not release_contribution(reply, now=_later(reply))
    reply.refresh_from_db()
    assert reply.is_draft
    assert Notification.objects.filter(recipient=reply.author, kind="returned").exists()


def test_a_text_goes_back_to_its_author_when_the_charter_changed_meanwhile():
    reply = ReplyFactory(waiting=True)
    CharterFactory()
    assert not release_contribution(reply, now=_later(reply))
    reply.refresh_from_db()
    assert reply.is_draft


def test_a_text_is_released_in_the_time_of_grace_of_a_new_charter():
    CharterFactory()
    reply = ReplyFactory(waiting=True)
    CharterVersion.objects.filter(state="in_force").update(state="superseded", superseded_at=timezone.now())
    CharterFactory(grace_until=timezone.now() + timedelta(days=7))
    assert release_contribution(reply, now=_later(reply))


def test_a_comment_under_way_while_its_blog_opens_to_the_web_stays_with_the_network():
    comment = ReplyFactory(root=PostFactory(), waiting=True)
    Contribution.objects.filter(pk=comment.root_id).update(audience="network")
    release_contribution(comment, now=_later(comment))
    comment.refresh_from_db()
    assert comment.audience == "network"


def test_a_text_goes_back_to_its_author_when_the_discussion_was_closed_meanwhile():
    reply = ReplyFactory(waiting=True)
    Contribution.objects.filter(pk=reply.root_id).update(locked=True)
    assert not release_contribution(reply, now=_later(reply))


def test_replies_are_numbered_in_the_order_of_their_release():
    topic = TopicFactory()
    first, second = ReplyFactory(root=topic, waiting=True), ReplyFactory(root=topic, waiting=True)
    release_contribution(second, now=_later(second))
    release_contribution(first, now=_later(second))
    first.refresh_from_db(), second.refresh_from_db()
    assert (second.number, first.number) == (1, 2)


def test_the_same_form_sent_twice_is_one_contribution():
    first = ReplyFactory(submission="8f4b8b7e-0d6b-4c8e-9d3b-111111111111")
    twin = Contribution(
        kind="reply",
        space=first.space,
        root=first.root,
        body="<p>Again.</p>",
        language="en",
        submission="8f4b8b7e-0d6b-4c8e-9d3b-111111111111",
    )
    assert post_contribution(twin, actor=first.author).pk == first.pk
    assert Contribution.objects.filter(root=first.root).count() == 1


def test_counters_follow_hiding_and_restoring_without_drift():
    tag = TagFactory()
    topic = TopicFactory(tags=[tag.name])
    reply = ReplyFactory(root=topic)
    for contribution in (reply, topic):
        assert hide_contribution(contribution, actor=None)
        assert not hide_contribution(contribution, actor=None)
    assert not any(drifted().values())
    topic.space.refresh_from_db()
    assert (topic.space.root_count, topic.space.reply_count) == (0, 0)
    tag.refresh_from_db()
    assert tag.use_count == 0
    for contribution in (topic, reply):
        assert restore_contribution(contribution, actor=None)
    topic.space.refresh_from_db()
    assert (topic.space.root_count, topic.space.reply_count) == (1, 1)
    assert not any(drifted().values())


def test_the_author_of_a_topic_is_told_of_a_reply_and_not_of_their_own():
    topic = TopicFactory()
    ReplyFactory(root=topic, author=topic.author)
    assert not Notification.objects.filter(recipient=topic.author).exists()
    ReplyFactory(root=topic)
    assert Notification.objects.get(recipient=topic.author).kind == "reply"


def test_whoever_is_answered_is_told_once():
    topic = TopicFactory()
    reply = ReplyFactory(root=topic)
    answer = ReplyFactory(root=topic, parent=reply)
    assert Notification.objects.filter(recipient=reply.author, kind="answer", latest=answer).count() == 1
