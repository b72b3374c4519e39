from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

SETTING_FIELDS = ("contact_email", "moderation_days")


@register_setting(icon="cogs")
class NetworkSettings(BaseGenericSetting):
    """What administrators may set for the whole network."""

    contact_email = models.EmailField(
        _("address for mail to the network"),
        blank=True,
        help_text=_("Shown where a page holds a “Contact” block; nothing is shown when it is empty."),
    )
    moderation_days = models.PositiveSmallIntegerField(
        _("days to decide on a report"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("The time that the moderators promise; a case shows when it is over."),
    )

    panels = [FieldPanel(name) for name in SETTING_FIELDS]

    class Meta:
        verbose_name = _("settings of the network")
        verbose_name_plural = _("settings of the network")


def set_values():
    """The values that were set, by name; none before the first time."""
    return NetworkSettings.objects.values(*SETTING_FIELDS).first() or {}
