"""Sent messages aren't kept for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.core import mail
from network.notifications import tasks
from network.notifications.models import OutboxMail
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_messages_are_forgotten_a_month_after_they_left(charter):
    member = MemberFactory()
    for _number in range(3):
        mail.queue(
            to=member.email,
            language="en",
            template="account_erased",
            context={"member": member},
            recipient=member,
        )
    old, recent, _waiting = OutboxMail.objects.order_by("pk")
    now = timezone.now()
    OutboxMail.objects.filter(pk=old.pk).update(sent_at=now - timedelta(days=31))
    OutboxMail.objects.filter(pk=recent.pk).update(sent_at=now - timedelta(days=29))
    OutboxMail.objects.update(created_at=now - timedelta(days=90))
    tasks.forget_old_mail()
    assert OutboxMail.objects.count() == 2
    assert not OutboxMail.objects.filter(pk=old.pk).exists()
