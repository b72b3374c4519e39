from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article, CharterVersion
from network.conversation.models import Space
from network.core.models import Language

from ..querysets import AppealQuerySet, DecisionQuerySet, SanctionQuerySet
from .cases import Case, Report


class Decision(models.Model):
    """A decision with its statement of reasons (Digital Services Act, art. 17).

    The database refuses an incomplete one: check constraints hold each part, and a constraint trigger at
    the end of the transaction holds that it cites an article or a law, and that an act has a measure.
    """

    class Outcome(models.TextChoices):
        DISMISS = "dismiss", _("No breach: nothing is done")
        ACT = "act", _("Breach: measures are taken")

    class Measure(models.TextChoices):
        NONE = "", _("Nothing on the content")
        LABEL = "label", _("Label: readers see a note")
        HIDE = "hide", _("Hide: readers don't see it; this can be undone")
        REMOVE = "remove", _("Remove: it is taken down, and deleted after the time for appeal")
        LOCK = "lock", _("Lock: nobody can reply")

    class Origin(models.TextChoices):
        REPORT = "report", _("one or more reports")
        OWN_INITIATIVE = "own_initiative", _("the moderators' own initiative")

    class Ending(models.TextChoices):
        APPEAL = "appeal", _("an appeal")
        REVIEW = "review", _("a moderator's decision in place of the automatic one")
        WITHDRAWN = "withdrawn", _("the moderators' own second thoughts")

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    # Empty only for a decision marked automatic.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("decided by"),
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome)
    measure = models.CharField(
        _("measure on the content"), max_length=6, choices=Measure, blank=True, default=""
    )
    label = models.CharField(_("note for readers"), max_length=200, blank=True)
    # The statement of reasons.
    facts = models.TextField(_("facts"))
    charter = models.ForeignKey(CharterVersion, models.PROTECT, related_name="+")
    articles = models.ManyToManyField(
        Article, through="DecisionArticle", related_name="decisions", verbose_name=_("articles")
    )
    legal_ground = models.CharField(_("law"), max_length=300, blank=True)
    explanation = models.TextField(_("why this breaks, or doesn't break, these articles"))
    scope = models.CharField(_("scope"), max_length=300)
    # Empty means without end, which `indefinite` must then say.
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    indefinite = models.BooleanField(_("without end"))
    origin = models.CharField(_("origin"), max_length=14, choices=Origin)
    automated_detection = models.BooleanField(_("found by automation"))
    automated_decision = models.BooleanField(_("decided by automation"))
    redress = models.TextField(_("redress"))
    appeal_until = models.DateTimeField(_("appeal possible until"))
    # Language of the statement: that of the person concerned.
    language = models.CharField(max_length=2, choices=Language)
    overturned_at = models.DateTimeField(_("overturned"), null=True, blank=True)
    overturned_by = models.CharField(
        _("overturned by"), max_length=9, choices=Ending, blank=True, default="", db_default=""
    )
    # When what it removed was deleted: from then on it can't be put back.
    purged_at = models.DateTimeField(_("purged"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=Q(facts__regex=r"\S"), name="statement_has_facts"),
            models.CheckConstraint(condition=Q(explanation__regex=r"\S"), name="statement_has_explanation"),
            models.CheckConstraint(condition=Q(scope__regex=r"\S"), name="statement_has_scope"),
            models.CheckConstraint(condition=Q(redress__regex=r"\S"), name="statement_has_redress"),
            models.CheckConstraint(
                condition=Q(indefinite=True, ends_at=None) | Q(indefinite=False, ends_at__isnull=False),
                name="statement_has_duration",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["report", "own_initiative"]), name="statement_has_origin"
            ),
            models.CheckConstraint(condition=Q(outcome__in=["dismiss", "act"]), name="statement_has_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="act") | Q(measure=""), name="dismissal_has_no_measure"
            ),
            models.CheckConstraint(
                condition=Q(measure__in=["", "label", "hide", "remove", "lock"]), name="measure_known"
            ),
            models.CheckConstraint(condition=~Q(measure="label") | Q(label__gt=""), name="label_has_words"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | Q(automated_decision=True),
                name="decision_by_someone_or_marked_automatic",
            ),
            models.CheckConstraint(
                condition=Q(appeal_until__gt=F("decided_at")), name="decision_can_be_appealed"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["fr", "nl", "en"]), name="statement_has_language"
            ),
            models.CheckConstraint(
                condition=Q(overturned_at=None, overturned_by="")
                | Q(overturned_at__isnull=False, overturned_by__gt=""),
                name="decision_overturned_by_something",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-id"], name="decision_of_case"),
            models.Index(
                fields=["appeal_until"],
                condition=Q(measure="remove", purged_at=None, overturned_at=None),
                name="decision_to_purge",
            ),
        ]

    def __str__(self):
        return _("Decision %(number)s") % {"number": self.pk}

    def get_absolute_url(self):
        return reverse("moderation:decision", args=[self.pk])


class DecisionArticle(models.Model):
    decision = models.ForeignKey(Decision, models.PROTECT)
    article = models.ForeignKey(Article, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "article"], name="article_cited_once")]


class Sanction(models.Model):
    """A measure on a person: always part of a decision, always ended by a date, exclusion excepted."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Reminder of the charter")
        RESTRICTED = "restricted", _("Posting restricted")
        SUSPENDED = "suspended", _("Suspended")
        EXCLUDED = "excluded", _("Excluded")
        GROUP_BAN = "group_ban", _("Removed from the group")

    class Restriction(models.TextChoices):
        NOTHING = "", _("nothing can be posted")
        RATE = "rate", _("a few texts a day")
        REVIEW = "review", _("each text is looked at first")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="sanctions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    kind = models.CharField(_("measure on the person"), max_length=10, choices=Kind)
    # How posting is restricted.
    restriction = models.CharField(
        _("how"), max_length=6, choices=Restriction, blank=True, default="", db_default=""
    )
    # The group that the member was removed from, and their role there until then ("" for none).
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="+")
    former_role = models.CharField(max_length=11, blank=True, default="", db_default="")
    starts_at = models.DateTimeField(_("from"), auto_now_add=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    # Why it could not wait for a warning first, where there was none.
    urgency = models.TextField(_("why it is urgent"), blank=True)
    second_decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)
    # When a removal from a group came to its end and was undone.
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["reminder", "restricted", "suspended", "excluded", "group_ban"]),
                name="sanction_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="group_ban", space__isnull=False) | (~Q(kind="group_ban") & Q(space=None)),
                name="group_ban_has_group",
            ),
            models.CheckConstraint(
                condition=Q(restriction="") | Q(kind="restricted", restriction__in=["rate", "review"]),
                name="restriction_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="excluded", ends_at=None)
                | (~Q(kind="excluded") & Q(ends_at__gt=F("starts_at"))),
                name="sanction_ends_but_exclusion",
            ),
            models.CheckConstraint(
                condition=~Q(kind="excluded") | Q(second_decider__isnull=False),
                name="exclusion_takes_two",
            ),
            models.UniqueConstraint(fields=["decision", "kind"], name="sanction_once_a_decision"),
        ]
        indexes = [models.Index(fields=["member", "-id"], name="sanction_of_member")]

    def __str__(self):
        return self.get_kind_display()


class Appeal(models.Model):
    """A decision contested by the person concerned or by a reporter, judged by somebody else."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld")
        VARIED = "varied", _("varied")
        OVERTURNED = "overturned", _("overturned")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    # A member, or the visitor who made this report.
    appellant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        verbose_name=_("appellant"),
    )
    report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        verbose_name=_("report of a visitor"),
    )
    grounds = models.TextField(_("why the decision is wrong"), max_length=5000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals_judged",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(fields=["decision", "appellant"], name="appealed_once"),
            models.UniqueConstraint(fields=["decision", "report"], name="appealed_once_a_report"),
            models.CheckConstraint(
                condition=Q(appellant__isnull=False, report=None) | Q(appellant=None, report__isnull=False),
                name="appeal_is_by_someone",
            ),
            models.CheckConstraint(condition=Q(grounds__regex=r"\S"), name="appeal_has_grounds"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judge=None, outcome="")
                | Q(judged_at__isnull=False, judge__isnull=False, outcome__gt="", reasons__regex=r"\S"),
                name="judgment_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(judge=None) | ~Q(judge=F("appellant")), name="nobody_judges_own_appeal"
            ),
        ]

    def __str__(self):
        return _("Appeal %(number)s") % {"number": self.pk}

    @property
    def appellant_name(self):
        """Who appeals, in one word; join `report` and `appellant` for lists."""
        return self.appellant.name if self.appellant_id else self.report.name
