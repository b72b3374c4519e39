import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from network.core.models import Language
from network.core.sql import NumNonNulls

from . import kinds
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
    # Their keys, so that nobody counts twice.
    actors = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
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

    def get_absolute_url(self):
        return reverse("notifications:open", args=[self.pk])

    @property
    def subject(self):
        """What it is about."""
        return getattr(self, kinds.get(self.kind).subject)

    @property
    def target_url(self):
        """Where its link leads: where its kind says, to the newest contribution that it tells about, or its subject."""
        if leads_to := kinds.get(self.kind).leads_to:
            return leads_to(self)
        return (self.latest or self.subject).get_absolute_url()

    @property
    def space_concerned(self):
        """Key of the space in which it happened, or None."""
        return self.space_id or (self.contribution.space_id if self.contribution_id else None)

    @property
    def actors_text(self):
        """Who did it, in words: "Amina and 3 others"."""
        if self.actor is None:
            return gettext("Boucle")
        name = gettext("A former member") if self.actor.is_erased else self.actor.name
        others = self.actor_count - 1
        if others < 1:
            return name
        return ngettext("%(name)s and %(count)d other", "%(name)s and %(count)d others", others) % {
            "name": name,
            "count": others,
        }

    @property
    def sentence(self):
        """What happened, in the current language."""
        from .messages import sentence

        return sentence(self)

    def renew(self, *, actor, latest, at):
        """Take in more news on the same subject. Doesn't save."""
        known = [] if self.read_at else self.actors
        self.actors = known if actor is None or actor.pk in known else [*known, actor.pk]
        self.actor, self.actor_count = actor, max(1, len(self.actors))
        self.latest, self.updated_at, self.read_at = latest, at, None

    def quote_for(self, member, *, length):
        """The newest words that it tells about, for a message: none that aren't open to the network.

        Mail is read on screens that others see, and kept by servers that aren't ours.
        """
        said = self.latest or self.contribution
        if said is None or said.space.is_closed or said.audience:
            return ""
        if not type(said).objects.filter(pk=said.pk).visible_to(member).exists():
            return ""
        return Truncator(said.body_text).chars(length)


class NotificationPreference(models.Model):
    """Whether a member wants messages of a kind; without a row, they do."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    kind = models.CharField(max_length=40)
    mail = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="preference_once_a_kind")]

    def __str__(self):
        return f"{self.kind}: {self.mail}"


class DigestState(models.Model):
    """Up to when a member was told of their groups in one message a week."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="digest"
    )
    sent_at = models.DateTimeField(_("sent"))

    def __str__(self):
        return f"{self.member_id}: {self.sent_at}"


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
