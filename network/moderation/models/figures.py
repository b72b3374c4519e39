from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodFigures(models.Model):
    """The figures of a month or a year that is over: counted once, so that a page costs the same ever after."""

    # "2026-11" or "2026".
    period = models.CharField(_("period"), max_length=7, unique=True)
    # As they are, and what is told of them: see `publicity.figures`.
    raw = models.JSONField()
    told = models.JSONField()
    counted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("figures of a period")
        verbose_name_plural = _("figures of periods")
        ordering = ["-period"]

    def __str__(self):
        return self.period

    @property
    def is_month(self):
        return "-" in self.period
