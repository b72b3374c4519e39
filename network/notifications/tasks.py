"""Sending, apart from what caused it."""

from django_tasks import task

from network.core.schedule import due

from . import actions, charter


@task()
def send_mail(mail_id):
    """Send one message, unless it is sent, dropped or in hand already."""
    actions.send_mail(mail_id)


@task()
def send_waiting_mail():
    """Send every message whose time has come."""
    actions.send_waiting_mail()


@due(every=10)
def send_due_mail():
    """What was postponed, or missed because a worker was killed, is sent."""
    actions.request_sending()


@due(every=10)
def tell_of_charter():
    """Members are told, batch by batch, that a version of the charter was announced."""
    charter.tell_some_of_announcement()


@due(every=60 * 60)
def forget_old_mail():
    """Messages are kept for a month after they left, or were dropped."""
    actions.forget_old_mail()
