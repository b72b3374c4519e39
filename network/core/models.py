from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages of the site, each named in itself."""

    FR = "fr", "Français"
    NL = "nl", "Nederlands"
    EN = "en", "English"


class AuditEntry(models.Model):
    """Who did what to what, and when. Rows are never changed nor removed: a trigger holds it.

    What is personal in an entry (`target_text`, `data`) is emptied when the person is erased, and nothing else.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    # Empty when the site acted by itself.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    verb = models.CharField(_("action"), max_length=60)
    # "app.model" and primary key: no foreign key, since the entry outlives its object.
    target_model = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    target_text = models.CharField(_("what"), max_length=200)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["target_model", "target_id", "-id"], name="audit_target"),
            GinIndex(fields=["data"], name="audit_data", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self):
        return f"{self.verb} {self.target_text}"
