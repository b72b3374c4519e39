from django.db import models
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

    # The reader's membership of the group, where `for_page` has found one.
    tie = None

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
