from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.core.models import Language

from .querysets import AcceptanceQuerySet, CharterVersionQuerySet

REQUIRED_LANGUAGES = (Language.FR, Language.NL)
ORDER = ("fr", "nl", "en")


class CharterVersion(models.Model):
    """One wording of the charter. From publication on, a trigger refuses to change a word of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published, not in force yet")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")

    number = models.PositiveIntegerField(_("version"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("in force from"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("in force until"), null=True, blank=True)
    # Until then members who accepted the version before see a banner instead of a closed door.
    grace_until = models.DateTimeField(_("time to accept, until"), null=True, blank=True)
    # The day on which it comes into force by itself, who said so, and up to which member (by key) it was told.
    announced_for = models.DateTimeField(_("comes into force"), null=True, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_up_to = models.BigIntegerField(default=0, db_default=0, editable=False)
    # SHA-256 of the whole text in all its languages, set at publication.
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the charter")
        verbose_name_plural = _("versions of the charter")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_force"), name="one_charter_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False, digest__gt=""),
                name="charter_published_has_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "superseded"]) | Q(in_force_at__isnull=False),
                name="charter_in_force_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(announced_for=None), name="charter_draft_not_announced"
            ),
            models.CheckConstraint(
                condition=Q(announced_for=None) | Q(announced_by__isnull=False),
                name="charter_announced_by_someone",
            ),
        ]

    def __str__(self):
        return _("Charter, version %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("charter:version", args=[self.number])

    def grace_for(self, member):
        """Until when a member who accepted a version before may go on without this one, or None."""
        in_time = self.grace_until and timezone.now() < self.grace_until
        return self.grace_until if member.accepted_charter_id and in_time else None

    def text_in(self, language):
        """Title and preamble in that language, or in the first one that it has, or None."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or next((texts[code] for code in ORDER if code in texts), None)

    def is_complete_in(self, language):
        """Does it have every word in that language: title, preamble and each article?"""
        articles = self.articles.all()
        return (
            any(text.language == language for text in self.texts.all())
            and bool(articles)
            and all(any(text.language == language for text in article.texts.all()) for article in articles)
        )

    def language_for(self, language):
        """The language to show it in to who reads that one: theirs if it is complete, else French."""
        return language if self.is_complete_in(language) else Language.FR.value


class CharterText(models.Model):
    """Title and preamble of a version in one language."""

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=160)
    preamble = models.TextField(_("preamble"))

    class Meta:
        verbose_name = _("preamble")
        verbose_name_plural = _("preambles")
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="charter_text_once")]

    def __str__(self):
        return self.title


class Article(models.Model):
    """One rule of a version. Its `code` stays the same from version to version."""

    class Gravity(models.IntegerChoices):
        LIGHT = 1, _("light")
        SERIOUS = 2, _("serious")
        GRAVE = 3, _("grave")

    version = models.ForeignKey(CharterVersion, models.CASCADE, related_name="articles")
    code = models.SlugField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"))
    gravity = models.PositiveSmallIntegerField(_("gravity"), choices=Gravity, default=Gravity.LIGHT)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="article_code_once"),
            models.UniqueConstraint(fields=["version", "number"], name="article_number_once"),
        ]

    def __str__(self):
        return _("Article %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    def text_in(self, language):
        """The article in that language, or in the first one that it has. Prefetch `texts` for lists."""
        texts = {text.language: text for text in self.texts.all()}
        return texts.get(language) or next((texts[code] for code in ORDER if code in texts), None)

    @property
    def title(self):
        text = self.text_in((get_language() or "fr")[:2])
        return text.title if text else self.code

    def get_absolute_url(self):
        return f"{reverse('charter:charter')}#{self.code}"


class ArticleText(models.Model):
    """An article in one language, with examples of what it allows and what it doesn't."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    may = ArrayField(models.CharField(max_length=300), verbose_name=_("you may"), default=list, blank=True)
    may_not = ArrayField(
        models.CharField(max_length=300), verbose_name=_("you may not"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("text of an article")
        verbose_name_plural = _("texts of articles")
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="article_text_once")]

    def __str__(self):
        return self.title


class Acceptance(models.Model):
    """The proof that a member accepted a version: never changed nor removed, which a trigger holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acceptances")
    version = models.ForeignKey(CharterVersion, models.PROTECT, related_name="acceptances")
    language = models.CharField(_("language read"), max_length=2, choices=Language)
    accepted_at = models.DateTimeField(_("accepted"), auto_now_add=True)
    # SHA-256 of the text as it was shown, in that language.
    digest = models.CharField(max_length=64)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.UniqueConstraint(fields=["member", "version"], name="charter_accepted_once"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="acceptance_digest_whole"
            ),
        ]

    def __str__(self):
        return f"{self.member} · {self.version}"
