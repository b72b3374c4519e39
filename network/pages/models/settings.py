from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

SETTING_FIELDS = (
    "contact_email",
    "group_approval",
    "moderation_days",
    "answer_days",
    "automatic_hiding",
    "automatic_reporters",
    "automatic_weight",
    "restricted_posts_a_day",
    "case_retention_months",
    "statement_retention_months",
    "remind_register_number",
    "remind_bank_account",
    "remind_contact_details",
    "remind_shouting",
    "remind_confidential",
    "newcomer_days",
    "newcomer_texts_a_day",
    "texts_a_day",
    "newcomer_links",
    "links_in_text",
    "newcomer_mentions",
    "mentions_in_text",
    "newcomer_reports_a_day",
    "reports_a_day",
)


@register_setting(icon="cogs")
class NetworkSettings(BaseGenericSetting):
    """What administrators may set for the whole network."""

    contact_email = models.EmailField(
        _("address for mail to the network"),
        blank=True,
        help_text=_("Shown where a page holds a “Contact” block; nothing is shown when it is empty."),
    )
    group_approval = models.BooleanField(
        _("an administrator approves new groups"),
        default=False,
        help_text=_("A group that a member founds waits for an answer; its founder is told."),
    )
    moderation_days = models.PositiveSmallIntegerField(
        _("days to decide on a report"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("The time that the moderators promise; a case shows when it is over."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days for an author to answer the moderators"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("After that the case goes on without the answer."),
    )
    automatic_hiding = models.BooleanField(
        _("hide what enough trusted members report, until a moderator looks"),
        default=True,
        help_text=_("It is marked as an automatic decision, and a moderator looks within 24 hours."),
    )
    automatic_reporters = models.PositiveSmallIntegerField(
        _("reports from so many institutions"),
        default=3,
        validators=[MinValueValidator(2), MaxValueValidator(50)],
        help_text=_("Reports by colleagues of one institution count as one."),
    )
    automatic_weight = models.FloatField(
        _("and as much trust in all"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Each report counts from 0 to 1, by its reporter's standing and earlier reports."),
    )
    restricted_posts_a_day = models.PositiveSmallIntegerField(
        _("texts a day for who is restricted to a few"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    case_retention_months = models.PositiveSmallIntegerField(
        _("months that a closed case keeps what members said"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    statement_retention_months = models.PositiveSmallIntegerField(
        _("months that a closed case keeps the words of its decisions"),
        default=60,
        validators=[MinValueValidator(12), MaxValueValidator(240)],
    )
    remind_register_number = models.BooleanField(
        _("before posting, recall the charter: national register numbers"),
        default=True,
    )
    remind_bank_account = models.BooleanField(
        _("before posting, recall the charter: bank accounts"),
        default=True,
    )
    remind_contact_details = models.BooleanField(
        _("before posting, recall the charter: telephone numbers and addresses of others"),
        default=True,
    )
    remind_shouting = models.BooleanField(
        _("before posting, recall the charter: a text in capitals"),
        default=True,
    )
    remind_confidential = models.BooleanField(
        _("before posting, recall the charter: “confidential” and the like"),
        default=True,
        help_text=_(
            "Found on the site itself, once a text; who wrote it may post it all the same. Nothing is kept of it."
        ),
    )
    newcomer_days = models.PositiveSmallIntegerField(
        _("days for which somebody is a newcomer"),
        default=14,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
        help_text=_("Who has posted fewer than three texts is one too."),
    )
    newcomer_texts_a_day = models.PositiveSmallIntegerField(
        _("texts a day for a newcomer"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
    )
    texts_a_day = models.PositiveSmallIntegerField(
        _("texts a day for a member"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    newcomer_links = models.PositiveSmallIntegerField(
        _("links in a newcomer's text"),
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(500)],
    )
    links_in_text = models.PositiveSmallIntegerField(
        _("links in a member's text"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
    )
    newcomer_mentions = models.PositiveSmallIntegerField(
        _("people mentioned in a newcomer's text"),
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    mentions_in_text = models.PositiveSmallIntegerField(
        _("people mentioned in a member's text"),
        default=20,
        validators=[MinValueValidator(0), MaxValueValidator(500)],
    )
    newcomer_reports_a_day = models.PositiveSmallIntegerField(
        _("reports a day by a newcomer"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    reports_a_day = models.PositiveSmallIntegerField(
        _("reports a day by a member"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("What is against the law can always be reported."),
    )

    panels = [FieldPanel(name) for name in SETTING_FIELDS]

    class Meta:
        verbose_name = _("settings of the network")
        verbose_name_plural = _("settings of the network")


def set_values():
    """The values that were set, by name; none before the first time."""
    return NetworkSettings.objects.values(*SETTING_FIELDS).first() or {}
