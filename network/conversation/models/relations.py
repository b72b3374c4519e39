from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .contributions import Contribution


class Reaction(models.Model):
    """A sign that a contribution served."""

    class Kind(models.TextChoices):
        USEFUL = "useful", _("Useful")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.USEFUL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "member", "kind"], name="reacted_once")
        ]


class Bookmark(models.Model):
    """A contribution that a member wants to find again; nobody else knows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="bookmarks")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "contribution"], name="bookmarked_once")]
        indexes = [models.Index(fields=["member", "-id"], name="bookmark_of_member")]


class Mention(models.Model):
    """A member named in a contribution."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "member"], name="mentioned_once")]


class Follow(models.Model):
    """A member wants to see what another says."""

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followers")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="followed_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="nobody_follows_oneself"),
        ]


class ReadingPosition(models.Model):
    """Up to which reply a member has read a thread."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_positions")
    root = models.ForeignKey(Contribution, models.CASCADE, related_name="reading_positions")
    number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "root"], name="one_reading_position")]
