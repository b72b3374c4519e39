"""Telling members what happened: a line on the site, and a message that leaves once."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from network.core.answers import require
from network.members.models import Member

from . import kinds, messages, tasks
from .models import DigestState, Notification, NotificationPreference, OutboxMail
from .permissions import can_open_notification, can_receive_mail
from .querysets import reachable

logger = logging.getLogger(__name__)

# While news on one subject stays unread, at most one message in this time.
QUIET = timedelta(hours=1)
# A message that fails waits a minute, two, four …: eleven times, almost three days.
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=1)
# A digest tells no more than so much time.
LONGEST_DIGEST = timedelta(days=7)
# How long a message is kept after it left.
MAIL_KEPT = timedelta(days=30)
# How many messages one task sends before it lets another worker look.
MOST_AT_ONCE = 500


@transaction.atomic
def notify(recipients, kind, *, actor=None, latest=None, **subject):
    """Tell members about one subject; returns the notifications that were written or renewed.

    `kind` is the code of a registered kind; `subject` is exactly one of contribution, space, decision,
    report, member, as the kind says. `actor` is who did it and is never told; `latest` is the newest
    contribution that it is about. News on a subject that the recipient hasn't read yet joins the same line.
    Call it inside the transaction of the cause.
    """
    kind = kinds.get(kind)
    if list(subject) != [kind.subject]:
        raise ValueError(
            f"{kind.code} is about one {kind.subject}, not about {', '.join(subject) or 'nothing'}."
        )
    news = Notification(kind=kind.code, actor=actor, latest=latest, **subject)
    people = _who_is_told(recipients, kind, news)
    if not people:
        return []
    now = timezone.now()
    # First the missing rows, then the lock on all of them: two causes at once count both.
    Notification.objects.bulk_create(
        [
            Notification(recipient=member, kind=kind.code, actor_count=0, updated_at=now, **subject)
            for member in people
        ],
        ignore_conflicts=True,
    )
    rows = list(
        Notification.objects.filter(recipient__in=people, kind=kind.code, **subject)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    since = {row.pk: row.mailed_until for row in rows if row.mailed_until and not row.read_at}
    for row in rows:
        row.renew(actor=actor, latest=latest, at=now)
    Notification.objects.bulk_update(
        rows, ["actor", "actors", "actor_count", "latest", "updated_at", "read_at"], batch_size=500
    )
    if kind.mail:
        _queue_messages(kind, rows, {member.pk: member for member in people}, since, now)
    return rows


def _who_is_told(recipients, kind, news):
    people = [
        member for member in reachable(recipients, kind, news.space_concerned) if member.pk != news.actor_id
    ]
    if kind.who_can_see:
        return list(kind.who_can_see(people, news))
    return [member for member in people if kind.can_still_see(_to(member, news))]


def _to(member, news):
    news.recipient = member
    return news


def _queue_messages(kind, rows, people, since, now):
    waiting = set(
        OutboxMail.objects.filter(notification__in=rows, sent_at=None, dropped_at=None).values_list(
            "notification", flat=True
        )
    )
    mails = [
        OutboxMail(
            recipient=people[row.recipient_id],
            to=people[row.recipient_id].email,
            language=people[row.recipient_id].language,
            notification=row,
            due_at=max(now, since[row.pk] + QUIET) if row.pk in since else now,
        )
        for row in rows
        if row.pk not in waiting and people[row.recipient_id].wants_mail
    ]
    OutboxMail.objects.bulk_create(mails)
    if any(mail.due_at <= now for mail in mails):
        transaction.on_commit(tasks.send_waiting_mail.enqueue)


@transaction.atomic
def queue_mail(
    *, to, language, template, context, recipient=None, notification=None, headers=None, due_at=None
):
    """Write a message to the outbox and return it; it leaves after the transaction, once.

    `to` is an address; `template` names `emails/<template>.subject.txt`, `.txt` and `.html`, rendered now, in
    `language`, with `context`. With a `notification`, its kind's permission is asked again when the message
    leaves. `due_at` puts it off.
    """
    subject, text, html = messages.render(template, language=language, context=context)
    mail = OutboxMail.objects.create(
        to=to,
        language=language,
        recipient=recipient,
        notification=notification,
        subject=subject,
        text=text,
        html=html,
        headers=headers or {},
        due_at=due_at or timezone.now(),
    )
    transaction.on_commit(partial(tasks.send_mail.enqueue, mail.pk))
    return mail


@transaction.atomic
def claim_digest(member, *, since, now=None):
    """From when on the member's digest has to tell, or None when one was sent since `since`: once a round.

    Call it in the transaction that queues the message: whoever else claims it waits, and finds it claimed.
    """
    now = now or timezone.now()
    DigestState.objects.bulk_create(
        [DigestState(member=member, sent_at=since - LONGEST_DIGEST)], ignore_conflicts=True
    )
    state = DigestState.objects.select_for_update().get(member=member)
    if state.sent_at >= since:
        return None
    before, state.sent_at = state.sent_at, now
    state.save(update_fields=["sent_at"])
    return max(before, now - LONGEST_DIGEST)


@transaction.atomic
def send_mail(mail_id):
    """Send one message of the outbox; says whether it left.

    The row stays locked meanwhile, and a row that another worker holds is left to it: whatever the number
    of workers, a message leaves once. One that fails is tried again, later and later, then dropped; its
    last error is kept.
    """
    mail = (
        OutboxMail.objects.due().filter(pk=mail_id).select_for_update(skip_locked=True, of=("self",)).first()
    )
    if mail is None:
        return False
    now = timezone.now()
    answer = can_receive_mail(mail)
    if not answer:
        mail.dropped_at, mail.error = now, str(answer.reason)
        mail.save(update_fields=["dropped_at", "error"])
        return False
    try:
        with transaction.atomic():
            if not mail.subject:
                messages.write(mail)
            messages.as_email(mail).send()
    except Exception as error:
        logger.warning("The message %s was not sent: %r", mail.key, error)
        _postpone(mail, error, now)
        return False
    mail.sent_at, mail.attempts, mail.error = now, mail.attempts + 1, ""
    mail.save()
    if mail.notification_id:
        Notification.objects.filter(pk=mail.notification_id).update(mailed_until=now)
    return True


def _postpone(mail, error, now):
    mail.refresh_from_db(fields=["subject", "text", "html", "headers"])
    mail.attempts, mail.error = mail.attempts + 1, repr(error)
    if mail.attempts >= MOST_ATTEMPTS:
        mail.dropped_at = now
    else:
        mail.due_at = now + FIRST_WAIT * 2 ** (mail.attempts - 1)
    mail.save()


def send_waiting_mail():
    """Send every message whose time has come, the oldest first; returns how many left."""
    waiting = OutboxMail.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(send_mail(pk) for pk in list(waiting[:MOST_AT_ONCE]))


def request_sending():
    """Ask a worker to send what waits, unless there is nothing or one was asked already."""
    if not OutboxMail.objects.due().exists():
        return False
    if DBTaskResult.objects.ready().filter(task_path=tasks.send_waiting_mail.module_path).exists():
        return False
    tasks.send_waiting_mail.enqueue()
    return True


def forget_old_mail():
    """Delete the messages that left, or were dropped, more than `MAIL_KEPT` ago; returns how many."""
    before = timezone.now() - MAIL_KEPT
    return OutboxMail.objects.filter(Q(sent_at__lt=before) | Q(dropped_at__lt=before)).delete()[0]


def read_notification(notification, *, actor):
    """The actor has seen the news; says whether it was new."""
    require(can_open_notification(actor, notification))
    return bool(Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now()))


def read_all_notifications(*, actor):
    """The actor has seen everything; returns how much was new."""
    return Notification.objects.filter(recipient=actor, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def choose_mail(*, actor, wanted):
    """From now on the actor gets messages of the kinds whose codes are in `wanted`, and of no other.

    Kinds that can't be refused are left as they are.
    """
    NotificationPreference.objects.bulk_create(
        [
            NotificationPreference(member=actor, kind=kind.code, mail=kind.code in wanted)
            for kind in kinds.refusable()
        ],
        update_conflicts=True,
        unique_fields=["member", "kind"],
        update_fields=["mail"],
    )


def stop_mail(member_id, code):
    """The member gets no more messages of the kind of this code; the line on the site stays.

    A member who is gone has nothing to stop.
    """
    if Member.objects.filter(pk=member_id).exists():
        NotificationPreference.objects.update_or_create(
            member_id=member_id, kind=code, defaults={"mail": False}
        )
