import uuid

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Space
from network.core.models import Language
from network.core.sql import NumNonNulls

TARGETS = ("contribution", "space")


class PendingReport(models.Model):
    """What a visitor wants to report, until they show that the address is theirs: nobody reads it before.

    Once confirmed its words are a report's, and are emptied here.
    """

    # In the link of the message.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=Language)
    # {"articles": [codes], "illegality", "explanation"}
    words = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report to be confirmed")
        verbose_name_plural = _("reports to be confirmed")
        constraints = [
            models.CheckConstraint(condition=Exact(NumNonNulls(*TARGETS), 1), name="pending_has_one_target"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, email__gt="")
                | Q(confirmed_at__isnull=False, email="", words={}),
                name="pending_emptied_once_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="pending_report_age")]

    def __str__(self):
        return str(self.key)

    @property
    def target(self):
        """What is reported."""
        return self.contribution or self.space
