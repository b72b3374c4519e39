import math

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Space

from .querysets import BlogQuerySet, PostQuerySet

WORDS_A_MINUTE = 220
# From how many words on a post has a table of contents.
LONG = 600


class Blog(Space):
    """A member's own place. Its address is the member's handle."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="blog", verbose_name=_("owner")
    )

    objects = BlogQuerySet.as_manager()

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    @property
    def tag_list_for_display(self):
        """The tags as components show them. Prefetch `tags` for lists."""
        return [{"name": tag.label, "url": tag.get_absolute_url()} for tag in self.tags.all()]


class Post(Contribution):
    """What a member publishes in their blog."""

    # The post of which this one is the same in another language.
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations"
    )
    series = models.CharField(_("series"), max_length=120, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    @property
    def reading_minutes(self):
        """How long most people need to read it, in whole minutes, at least one."""
        return max(1, math.ceil(self._words / WORDS_A_MINUTE))

    @property
    def is_long(self):
        """Long enough for a table of contents."""
        return self._words >= LONG

    @property
    def _words(self):
        return len(self.body_text.split())


class FormerSlug(models.Model):
    """An address that a post had in its blog before, and that leads to it still."""

    blog = models.ForeignKey(Blog, models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=120)
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blog", "slug"], name="former_slug_once_a_blog")]
