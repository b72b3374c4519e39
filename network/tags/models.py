import unicodedata

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from network.core.models import Language

from .querysets import TagQuerySet


def normalise(name):
    """The form under which two spellings of a tag are one: no case, no accents, single spaces.

    >>> normalise("  Logiciels  Libres É")
    'logiciels libres e'
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


class Tag(TagBase):
    """One idea, whatever the language. `name` is the one it was first given; `TagName` holds them all."""

    # The tag that this one was merged into: its address leads there.
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="merged")
    use_count = models.PositiveIntegerField(_("uses"), default=0)
    # The name to show in each language: kept beside the names because every card reads it.
    label_fr = models.CharField(max_length=100, blank=True, editable=False)
    label_nl = models.CharField(max_length=100, blank=True, editable=False)
    label_en = models.CharField(max_length=100, blank=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        indexes = [models.Index(fields=["-use_count", "name"], name="tag_most_used")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The tag's name in the reader's language, or else the one it was first given."""
        return getattr(self, f"label_{(get_language() or 'en')[:2]}", "") or self.name

    def get_absolute_url(self):
        return reverse("tags:detail", args=[self.slug])


class TagName(models.Model):
    """What one language calls a tag; synonyms are further rows, of which one is shown."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    name = models.CharField(_("name"), max_length=100)
    normalised = models.CharField(max_length=100, editable=False)
    preferred = models.BooleanField(_("the name shown"), default=True)

    class Meta:
        verbose_name = _("name of a tag")
        verbose_name_plural = _("names of tags")
        constraints = [
            models.UniqueConstraint(fields=["language", "normalised"], name="tag_name_once_a_language"),
            models.UniqueConstraint(
                fields=["tag", "language"],
                condition=models.Q(preferred=True),
                name="tag_one_preferred_name",
            ),
        ]
        indexes = [
            GinIndex(fields=["normalised"], name="tag_name_trigram", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return self.name


class TagFollow(models.Model):
    """A member wants to see what is said under a tag."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tag_follows")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="follows")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "tag"], name="tag_followed_once")]
