import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Space
from network.core.models import Language
from network.members.models import Institution
from network.tags.models import Tag

from .querysets import GroupQuerySet, InvitationQuerySet, TopicQuerySet

_invitations = signing.Signer(sep=".", salt="groups.invitation")


class Group(Space):
    """A thematic discussion group."""

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("Open: any verified member joins at once")
        REQUEST = "request", _("On request: a facilitator answers")
        INVITATION = "invitation", _("By invitation only")

    join_policy = models.CharField(
        _("how one joins"), max_length=10, choices=JoinPolicy, default=JoinPolicy.OPEN
    )
    theme = models.ForeignKey(
        Tag, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    rules = models.TextField(_("rules of the group"), blank=True)
    official = models.BooleanField(_("official"), default=False)
    institution = models.ForeignKey(
        Institution, models.SET_NULL, null=True, blank=True, related_name="groups"
    )
    review_newcomers = models.BooleanField(_("review newcomers' first contributions"), default=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    @property
    def admission(self):
        """How one joins, given who reads: a private group is never open, a hidden one invites."""
        if self.visibility == self.Visibility.HIDDEN:
            return self.JoinPolicy.INVITATION
        if self.visibility == self.Visibility.PRIVATE and self.join_policy == self.JoinPolicy.OPEN:
            return self.JoinPolicy.REQUEST
        return self.join_policy


class Invitation(models.Model):
    """Somebody is invited to a group at an e-mail address; the link in the message serves once."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("holds until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # By who keeps order, or by who was invited.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "group",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        ]
        indexes = [
            models.Index(
                Lower("email"), condition=Q(accepted_at=None, withdrawn_at=None), name="invitation_of_address"
            ),
            models.Index(fields=["invited_by", "sent_at"], name="invitation_of_inviter"),
            models.Index(fields=["expires_at"], name="invitation_over"),
        ]

    def __str__(self):
        return f"{self.email} → {self.group_id}"

    def get_absolute_url(self):
        return reverse("groups:invitation", args=[_invitations.sign(self.pk)])

    @property
    def is_over(self):
        """Held for its time, and holds no more."""
        return self.expires_at <= timezone.now()

    @staticmethod
    def key_in(token):
        """The primary key that the last part of an invitation's address stands for, or None."""
        try:
            return int(_invitations.unsign(token))
        except signing.BadSignature:
            return None


class GroupProposal(models.Model):
    """A group that a member would like to found, where an administrator approves first."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="group_proposals",
        verbose_name=_("proposed by"),
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("purpose"), max_length=1000)
    visibility = models.CharField(_("who reads it"), max_length=7, choices=Space.Visibility)
    join_policy = models.CharField(_("how one joins"), max_length=10, choices=Group.JoinPolicy)
    languages = ArrayField(models.CharField(max_length=2, choices=Language), verbose_name=_("languages"))
    tag_names = ArrayField(models.CharField(max_length=100), verbose_name=_("tags"), default=list, blank=True)
    rules = models.TextField(_("rules of the group"), blank=True)
    review_newcomers = models.BooleanField(_("review newcomers' first contributions"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("why not"), max_length=500, blank=True)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("proposed group")
        verbose_name_plural = _("proposed groups")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposer", "title"], condition=Q(state="waiting"), name="proposed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "approved", "refused", "withdrawn"]),
                name="proposal_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(reason__gt=""), name="proposal_refused_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "-created_at", "-id"], name="proposal_newest")]

    def __str__(self):
        return self.title

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING


class FeedKey(models.Model):
    """What makes a member's secret feed links hold: without it, or with another serial, none does."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_key")
    serial = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("key of secret feeds")
        verbose_name_plural = _("keys of secret feeds")

    def __str__(self):
        return str(self.member_id)


class Topic(Contribution):
    """What a discussion in a group is about."""

    class Type(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion")
        QUESTION = "question", _("Question")
        ANNOUNCEMENT = "announcement", _("Announcement")

    type = models.CharField(_("type"), max_length=12, choices=Type, default=Type.DISCUSSION)
    accepted_reply = models.ForeignKey(
        Contribution, models.SET_NULL, null=True, blank=True, related_name="accepted_for"
    )
    # When the asker was reminded that nothing answers the question yet: once.
    nudged_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Of announcements: do readers confirm that they have read it, and until when does it hold?
    asks_acknowledgement = models.BooleanField(
        _("ask readers to confirm that they have read it"), default=False
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # The group where it stood before, and since when it stands here.
    moved_from = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)

    # The reader's membership of the group, and whether they confirmed that they have read it: `for_page` finds both.
    tie, acknowledged = None, False

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(
                fields=["-contribution_ptr"],
                condition=Q(type="question", accepted_reply=None),
                name="topic_unanswered",
            ),
        ]

    @property
    def is_outdated(self):
        """Of an announcement: its last day is over."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()


class Acknowledgement(models.Model):
    """A member has confirmed that they have read an announcement."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="acknowledgements")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="acknowledged_once")]
        indexes = [models.Index(fields=["topic", "-at", "-id"], name="acknowledgement_newest")]
