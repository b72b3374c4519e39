from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Blog, Post
from .notes import NOTES
from .querysets import ImportItemQuerySet, ImportQuerySet


def private_storage():
    return storages["private"]


class Import(models.Model):
    """A file of posts that a member brings along: read first, then, if they say so, taken in."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READ = "read", _("read: you decide")
        RUNNING = "running", _("coming in")
        DONE = "done", _("done")
        FAILED = "failed", _("could not be read")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    file = models.FileField(storage=private_storage, upload_to="imports/%Y/%m/", blank=True)
    name = models.CharField(_("file"), max_length=160)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.READING)
    # Who reads what comes in, where the file doesn't say fewer: "" everybody who reads the blog.
    audience = models.CharField(max_length=7, blank=True, default="network")
    problem = models.CharField(_("why it could not be read"), max_length=40, blank=True)
    # How many comments, pictures … the file has that don't come in.
    comments_left = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reading", "read", "running", "done", "failed"]),
                name="import_state_known",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["reading", "running"]),
                name="one_import_at_a_time",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("transfer:import", args=[self.pk])

    @property
    def is_under_way(self):
        return self.state in (self.State.READING, self.State.RUNNING)

    @property
    def problem_text(self):
        return NOTES.get(self.problem, "")


class ImportItem(models.Model):
    """One post of the file, and what becomes of it."""

    class Outcome(models.TextChoices):
        NEW = "new", _("comes in")
        KNOWN = "known", _("there already")
        REFUSED = "refused", _("can't come in")
        DONE = "done", _("has come in")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="items")
    # Its place in the file.
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=160, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome)
    # Codes of `notes`: what changes on the way, or why it can't come in.
    notes = models.JSONField(default=list)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ImportItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_item_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def sentences(self):
        """The notes, in words."""
        return [NOTES[code] for code in self.notes if code in NOTES]


class ImportedPost(models.Model):
    """Under which key of its old home a post came in: it doesn't come in twice."""

    blog = models.ForeignKey(Blog, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blog", "key"], name="imported_once")]
