import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from network.core.models import Language
from network.core.sql import NumNonNulls

from .querysets import NotificationQuerySet, OutboxQuerySet


SUBJECTS = ("contribution", "space", "decision", "report", "member")


class Notification(models.Model):
    """What one member is told about one subject: later news on the same subject joins the same row."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    # A kind that an app registered: see `kinds`.
    kind = models.CharField(max_length=40)
    # The subject: exactly one of these.
    contribution = models.ForeignKey(
        "conversation.Contribution", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    space = models.ForeignKey(
        "conversation.Space", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    decision = models.ForeignKey(
        "moderation.Decision", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    report = models.ForeignKey(
        "moderation.Report", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="notifications_about"
    )
    # Who did it last, and how many different people did since it was read.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_count = models.PositiveIntegerField(default=1)
    # The newest contribution it tells about: where its link leads.
    latest = models.ForeignKey(
        "conversation.Contribution", models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # News up to then went out by mail.
    mailed_until = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.CheckConstraint(
                condition=Exact(NumNonNulls(*SUBJECTS), 1),
                name="notification_has_one_subject",
            ),
            *(
                models.UniqueConstraint(
                    fields=["recipient", "kind", subject],
                    condition=Q(**{f"{subject}__isnull": False}),
                    name=f"notification_once_a_{subject}",
                )
                for subject in SUBJECTS
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-updated_at", "-id"], name="notification_list"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.kind} → {self.recipient_id}"


class OutboxMail(models.Model):
    """A message to be sent: written in the transaction of its cause, sent once by the worker."""

    # Also the Message-ID, so that a receiver can tell a repetition.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    to = models.EmailField(_("to"))
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    # Where set, permission is asked again when the message leaves.
    notification = models.ForeignKey(Notification, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="mail_sent_or_dropped"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, dropped_at=None), name="mail_waiting"),
        ]

    def __str__(self):
        return f"{self.subject} → {self.to}"
