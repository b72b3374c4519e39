from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Space
from network.conversation.querysets import ContributionQuerySet, SpaceQuerySet


class Blog(Space):
    """A member's own place. Its address is the member's handle."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="blog", verbose_name=_("owner")
    )

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")


class Post(Contribution):
    """What a member publishes in their blog."""

    # The post of which this one is the same in another language.
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations"
    )
    series = models.CharField(_("series"), max_length=120, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
