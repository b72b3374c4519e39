from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Space
from network.members.models import Institution
from network.tags.models import Tag

from .querysets import GroupQuerySet, TopicQuerySet


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
