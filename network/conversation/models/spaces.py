from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from network.core.models import Language
from network.core.sql import Unaccent
from network.tags.models import Tag

from ..querysets import MembershipQuerySet, SpaceQuerySet


class Space(models.Model):
    """Where people contribute: a group or a blog."""

    class Kind(models.TextChoices):
        GROUP = "group", _("group")
        BLOG = "blog", _("blog")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public: anyone on the web, journalists and your management included")
        NETWORK = "network", _("Network: verified civil servants who are members of Boucle")
        PRIVATE = "private", _("Private: members of the group; others see that it exists and may ask to join")
        HIDDEN = "hidden", _("Hidden: members of the group; nobody else knows that it exists")

    kind = models.CharField(max_length=5, choices=Kind, editable=False)
    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    visibility = models.CharField(
        _("who reads it"), max_length=7, choices=Visibility, default=Visibility.NETWORK
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    tags = TaggableManager(through="conversation.TaggedSpace", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    # Counters that actions keep, here because every card reads them.
    member_count = models.PositiveIntegerField(_("members"), default=0)
    root_count = models.PositiveIntegerField(_("topics or posts"), default=0)
    reply_count = models.PositiveIntegerField(_("replies"), default=0)
    last_activity_at = models.DateTimeField(_("last activity"))

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="space_slug_once_a_kind",
                violation_error_message=_("This address is taken already."),
            ),
            # What a contribution's foreign key on (space, kind) points at.
            models.UniqueConstraint(fields=["id", "kind"], name="space_id_and_kind"),
            models.CheckConstraint(
                condition=Q(kind="group") | Q(kind="blog", visibility__in=["public", "network"]),
                name="space_visibility_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "network", "private", "hidden"]),
                name="space_visibility_known",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-last_activity_at", "-id"], name="space_most_active"),
            models.Index(fields=["kind", "-member_count", "-id"], name="space_largest"),
            GinIndex(
                OpClass(Unaccent(Lower("title")), name="gin_trgm_ops"),
                name="space_title_trigram",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        name = "groups:group" if self.kind == self.Kind.GROUP else "blogs:blog"
        return reverse(name, args=[self.slug])

    @property
    def is_closed(self):
        """Only its members read what is said in it."""
        return self.visibility in (self.Visibility.PRIVATE, self.Visibility.HIDDEN)


class TaggedSpace(ItemBase):
    content_object = models.ForeignKey(Space, models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_spaces")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="space_tagged_once")]


class Membership(models.Model):
    """What ties a member to a space."""

    class Role(models.TextChoices):
        FOLLOWER = "follower", _("follower")
        MEMBER = "member", _("member")
        FACILITATOR = "facilitator", _("facilitator")
        OWNER = "owner", _("owner")

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        REQUESTED = "requested", _("has asked to join")
        ACTIVE = "active", _("active")
        BANNED = "banned", _("banned")

    class Level(models.TextChoices):
        EVERYTHING = "everything", _("Everything")
        MENTIONS = "mentions", _("Mentions and replies to you")
        DIGEST = "digest", _("A weekly digest")
        NOTHING = "nothing", _("Nothing")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ACTIVE)
    level = models.CharField(_("what you are told"), max_length=10, choices=Level, default=Level.MENTIONS)
    note = models.TextField(_("note with the request"), max_length=500, blank=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["member", "space"], name="member_of_a_space_once"),
            models.CheckConstraint(
                condition=Q(role__in=["follower", "member", "facilitator", "owner"]),
                name="membership_role_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["invited", "requested", "active", "banned"]),
                name="membership_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "state", "-joined_at", "-id"], name="membership_of_space"),
            models.Index(fields=["member", "state", "space"], name="membership_of_member"),
        ]

    def __str__(self):
        return f"{self.member} · {self.space}"

    @property
    def is_active(self):
        return self.state == self.State.ACTIVE

    @property
    def facilitates(self):
        """May keep order in the space."""
        return self.is_active and self.role in (self.Role.FACILITATOR, self.Role.OWNER)
