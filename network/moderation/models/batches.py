from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import BatchItemQuerySet
from .cases import Case


class Batch(models.Model):
    """Many cases of obvious spam, decided one by one by the worker on one moderator's word."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches")
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # Code of the article that advertising breaks: each text is judged by the charter of its own time.
    article_code = models.SlugField(_("article"), max_length=40)

    class Meta:
        verbose_name = _("batch of spam")
        verbose_name_plural = _("batches of spam")
        indexes = [
            models.Index(fields=["id"], condition=Q(finished_at=None), name="batch_unfinished"),
        ]

    def __str__(self):
        return _("Batch %(number)s") % {"number": self.pk}


class BatchItem(models.Model):
    """One case of a batch, and what became of it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    # Why it was left to be decided by hand, in words of the moderator's language; empty where it was decided.
    refusal = models.CharField(_("why not"), max_length=300, blank=True)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "case"], name="case_once_a_batch"),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(done_at__isnull=False), name="batch_item_refused_is_done"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "id"], condition=Q(done_at=None), name="batch_item_waiting"),
        ]
