"""Messages leave once, in the words of their reader, and only while they may still be read."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from network.conversation.actions import hide_contribution
from network.core import mail as core_mail
from network.notifications import actions
from network.notifications.models import Notification, OutboxMail
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def written(**fields):
    """A message in the outbox, in its own words."""
    defaults = {
        "to": "amina@commune.example",
        "language": "en",
        "subject": "Hello",
        "text": "Words.",
        "due_at": timezone.now(),
    }
    return OutboxMail.objects.create(**defaults | fields)


def replied_to(**author):
    """A reply to the topic of a member, and that topic's author."""
    author = MemberFactory(**author)
    topic = TopicFactory(author=author, title="How we archive mail")
    return ReplyFactory(root=topic, body="<p>We keep it for ten years.</p>"), author


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_a_message_once(smtp_server):
    keys = [written(subject=f"Message {number}").pk for number in range(5)]
    together = Barrier(2)

    def work():
        together.wait()
        for key in keys:
            actions.send_mail(key)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(message["Subject"] for message in smtp_server.messages) == [
        f"Message {n}" for n in range(5)
    ]
    assert OutboxMail.objects.filter(sent_at=None).count() == 0


def test_a_message_sent_already_is_not_sent_again(smtp_server):
    message = written()
    assert actions.send_mail(message.pk)
    assert not actions.send_mail(message.pk)
    assert len(smtp_server.messages) == 1


def test_the_message_id_follows_from_the_key_so_that_a_repetition_is_recognised(smtp_server):
    message = written()
    actions.send_mail(message.pk)
    OutboxMail.objects.update(sent_at=None)
    actions.send_mail(message.pk)
    first, second = (message["Message-ID"] for message in smtp_server.messages)
    assert first == second
    assert str(message.key) in first


def test_a_failure_is_kept_and_tried_again_later(smtp_server):
    message = written()
    smtp_server.refusal = "451 Come back later."
    assert not actions.send_mail(message.pk)
    message.refresh_from_db()
    assert message.attempts == 1
    assert "Come back later" in message.error
    assert message.due_at > timezone.now()
    assert actions.send_waiting_mail() == 0

    smtp_server.refusal = ""
    OutboxMail.objects.update(due_at=timezone.now())
    assert actions.send_waiting_mail() == 1
    message.refresh_from_db()
    assert message.sent_at
    assert message.error == ""


def test_waiting_grows_with_each_failure_and_ends(smtp_server):
    message = written()
    smtp_server.refusal = "550 No such address."
    waits = []
    for _attempt in range(actions.MOST_ATTEMPTS):
        before = timezone.now()
        OutboxMail.objects.update(due_at=before)
        actions.send_mail(message.pk)
        message.refresh_from_db()
        waits.append(message.due_at - before)
    assert waits[:3] == sorted(waits[:3])
    assert waits[2] >= timedelta(minutes=4)
    assert message.dropped_at
    assert "No such address" in message.error
    assert not actions.send_mail(message.pk)


@pytest.mark.django_db(transaction=True)
def test_the_scheduler_has_what_was_missed_sent(smtp_server):
    written(due_at=timezone.now() - timedelta(hours=1))
    call_command("scheduler", once=True)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False)
    assert [message["Subject"] for message in smtp_server.messages] == ["Hello"]


def test_inner_apps_queue_mail_through_the_registry():
    message = core_mail.queue(
        to="amina@commune.example",
        language="fr",
        template="notification",
        context={
            "sentence": "Une ligne & demie",
            "url": "https://boucle.example/",
            "recipient": MemberFactory(),
        },
    )
    assert message.subject == "Une ligne & demie"
    assert "Une ligne & demie" in message.text
    assert "Une ligne &amp; demie" in message.html
    assert 'lang="fr"' in message.html


def test_a_reply_is_told_to_the_topics_author_by_mail_with_the_reason_and_a_way_to_stop():
    _reply, author = replied_to()
    actions.send_waiting_mail()
    (message,) = mail.outbox
    assert message.to == [author.email]
    assert "How we archive mail" in message.subject
    assert "We keep it for ten years." in message.body
    assert "You get this because" in message.body
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].strip("<>") in message.body


def test_words_of_a_closed_group_stay_out_of_mail():
    author = MemberFactory()
    group = GroupFactory(visibility="private", members=[author])
    ReplyFactory(root=TopicFactory(space=group, author=author), body="<p>Nobody else reads this.</p>")
    actions.send_waiting_mail()
    assert "Nobody else reads this" not in mail.outbox[0].body


def test_what_was_hidden_meanwhile_is_not_sent():
    reply, _author = replied_to()
    hide_contribution(reply, actor=None)
    actions.send_waiting_mail()
    assert mail.outbox == []
    assert OutboxMail.objects.get().dropped_at


def test_who_lost_access_meanwhile_is_not_told():
    author = MemberFactory()
    group = GroupFactory(visibility="private", members=[author])
    ReplyFactory(root=TopicFactory(space=group, author=author))
    author.memberships.all().delete()
    actions.send_waiting_mail()
    assert mail.outbox == []


def test_who_was_deactivated_meanwhile_gets_nothing():
    _reply, author = replied_to()
    type(author).objects.filter(pk=author.pk).update(status="deactivated", is_active=False)
    actions.send_waiting_mail()
    assert mail.outbox == []


def test_what_was_read_on_the_site_meanwhile_is_not_sent():
    _reply, author = replied_to()
    actions.read_all_notifications(actor=author)
    actions.send_waiting_mail()
    assert mail.outbox == []


def test_replies_that_come_before_the_message_leaves_are_one_message():
    reply, _author = replied_to()
    ReplyFactory(root=reply.root)
    ReplyFactory(root=reply.root)
    actions.send_waiting_mail()
    (message,) = mail.outbox
    assert "and 2 others" in message.subject


def test_while_unread_a_subject_is_mailed_once_an_hour_at_most():
    reply, _author = replied_to()
    actions.send_waiting_mail()
    ReplyFactory(root=reply.root)
    actions.send_waiting_mail()
    assert len(mail.outbox) == 1
    OutboxMail.objects.filter(sent_at=None).update(due_at=timezone.now())
    actions.send_waiting_mail()
    assert len(mail.outbox) == 2


def test_once_read_the_next_news_is_mailed_at_once():
    reply, author = replied_to()
    actions.send_waiting_mail()
    actions.read_all_notifications(actor=author)
    ReplyFactory(root=reply.root)
    actions.send_waiting_mail()
    assert len(mail.outbox) == 2


def test_a_message_is_in_the_readers_language():
    replied_to(language="fr")
    actions.send_waiting_mail()
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr"
    assert 'lang="fr"' in mail.outbox[0].alternatives[0][0]


def test_nothing_is_sent_when_what_it_told_about_is_gone():
    replied_to()
    Notification.objects.all().delete()
    actions.send_waiting_mail()
    assert mail.outbox == []
