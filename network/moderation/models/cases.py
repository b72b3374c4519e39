from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.conversation.models import Contribution, Space
from network.core.models import Language
from network.core.sql import NumNonNulls

from ..querysets import CaseQuerySet, ReportQuerySet

TARGETS = ("contribution", "member", "space")


class Case(models.Model):
    """All that is said against one contribution, member or space, until it is decided."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        IN_REVIEW = "in_review", _("in review")
        WAITING = "waiting", _("waiting for the author")
        DECIDED = "decided", _("decided")
        APPEALED = "appealed", _("appealed")
        CLOSED = "closed", _("closed")
        VOID = "void", _("void")

    OPEN = (State.RECEIVED, State.IN_REVIEW, State.WAITING)

    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="cases")
    # Whom the case concerns: author, member or owner.
    concerned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases_about", verbose_name=_("concerned")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RECEIVED)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_in_hand",
        verbose_name=_("moderator"),
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    # When a decision is promised.
    due_at = models.DateTimeField(_("due"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    report_count = models.PositiveIntegerField(_("reports"), default=0)
    gravity = models.PositiveSmallIntegerField(_("gravity"), choices=Article.Gravity, default=1)
    illegality = models.BooleanField(_("illegality reported"), default=False)
    own_initiative = models.BooleanField(_("opened by a moderator"), default=False)
    # How much its reports count for together: of colleagues in one institution the most trusted one.
    weight = models.FloatField(_("weight of the reports"), default=0, db_default=0)
    # In the hands of the site's moderators alone, where facilitators would handle it otherwise.
    escalated = models.BooleanField(_("passed to the site's moderators"), default=False, db_default=False)
    # Until when the author may answer, while the case waits for them.
    answer_due_at = models.DateTimeField(_("answer expected by"), null=True, blank=True)
    # When the words of members that it kept were deleted.
    purged_at = models.DateTimeField(_("purged"), null=True, blank=True)
    void_reason = models.CharField(_("why it is void"), max_length=300, blank=True)
    # Moves at each change: a decision made on an older reading is refused.
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(condition=Exact(NumNonNulls(*TARGETS), 1), name="case_has_one_target"),
            *(
                models.UniqueConstraint(
                    fields=[target],
                    condition=Q(state__in=["received", "in_review", "waiting"]),
                    name=f"one_open_case_a_{target}",
                )
                for target in TARGETS
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "appealed", "closed"]) | Q(decided_at__isnull=False),
                name="case_decided_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | Q(void_reason__gt=""), name="case_void_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(answer_due_at__isnull=False), name="case_waits_until"
            ),
            models.CheckConstraint(
                condition=Q(moderator=None) | ~Q(moderator=models.F("concerned")),
                name="nobody_moderates_own_case",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-gravity", "due_at"], name="case_queue"),
            models.Index(fields=["concerned", "-id"], name="case_about"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["received", "in_review", "waiting"]),
                name="case_open",
            ),
            models.Index(fields=["closed_at"], condition=Q(purged_at=None), name="case_to_purge"),
        ]

    def __str__(self):
        return _("Case %(number)s") % {"number": self.pk}

    @property
    def target(self):
        """The contribution, member or space that it is about."""
        return self.contribution or self.space or self.member

    @property
    def subject(self):
        """What it is about, for lists: of a closed group's words nothing but that there are some."""
        contribution = self.contribution
        if contribution and (contribution.space.is_closed or contribution.audience_space_id):
            return _("%(kind)s in a closed group") % {"kind": contribution.get_kind_display()}
        return self.target

    @property
    def is_open(self):
        return self.state in self.OPEN


class Report(models.Model):
    """What one person says against something, with the words as they were at that moment."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    # A member, or anyone on what is public: then name and e-mail are theirs.
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=Language)
    articles = models.ManyToManyField(
        Article, through="ReportArticle", related_name="reports", verbose_name=_("articles")
    )
    illegality = models.BooleanField(_("it is against the law"), default=False)
    explanation = models.TextField(_("what happened"), max_length=5000)
    good_faith = models.BooleanField(_("in good faith"))
    # From 0 to 1: how much it counts for, by its reporter's standing and earlier reports.
    weight = models.FloatField(_("weight"), default=0, db_default=0)
    # {"title", "body", "author", "space", "url", "edited_at"}: what stood there when it was reported.
    snapshot = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=Q(good_faith=True), name="report_in_good_faith"),
            models.CheckConstraint(condition=Q(explanation__gt=""), name="report_says_what_happened"),
            models.CheckConstraint(
                condition=Q(reporter__isnull=False) | Q(name__gt="", email__gt=""),
                name="report_is_by_someone",
            ),
            models.UniqueConstraint(fields=["case", "reporter"], name="reported_once_a_case"),
        ]
        indexes = [models.Index(fields=["reporter", "-id"], name="report_of_member")]

    def __str__(self):
        return _("Report %(number)s") % {"number": self.pk}

    def get_absolute_url(self):
        return reverse("moderation:my_reports")


class ReportArticle(models.Model):
    report = models.ForeignKey(Report, models.CASCADE)
    article = models.ForeignKey(Article, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "article"], name="article_invoked_once")]


SENTENCES = {
    "reported": _("A report arrived"),
    "opened": _("Opened on a moderator's own initiative"),
    "taken": _("Taken in hand"),
    "assigned": _("Given to a colleague"),
    "given_back": _("Given back"),
    "escalated": _("Passed to the site's moderators"),
    "noted": _("A note"),
    "asked": _("The author was asked"),
    "answered": _("The author answered"),
    "corrected": _("The author changed the words"),
    "unanswered": _("The author didn't answer in time"),
    "hidden_automatically": _("Enough trusted reports: hidden until somebody looks"),
    "reviewed": _("The automatic decision was looked at"),
    "withdrawn": _("The decision was withdrawn"),
    "read_closed": _("A closed group's words were read"),
    "proposed": _("An exclusion was proposed"),
    "confirmed": _("The exclusion was confirmed"),
    "declined": _("The exclusion was declined"),
    "decided": _("Decided"),
    "measure_ended": _("The measure on the content ended"),
    "lifted": _("A sanction was ended before its time"),
    "appealed": _("An appeal arrived"),
    "judged": _("An appeal was judged"),
    "void": _("Closed without a decision"),
    "closed": _("Closed"),
    "exported": _("The file was exported for a legal request"),
    "content_purged": _("The removed words were deleted"),
    "purged": _("What members had said was deleted from the case"),
}


class CaseEvent(models.Model):
    """What happened in a case; rows are never changed nor removed: a trigger holds it.

    Each row's digest covers the one before it in the case and the digest of its own payload. Purging empties
    the payload and nothing else, so that the chain still verifies.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    # Empty when the site acted by itself, or a visitor reported.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(_("what"), max_length=40)
    data = models.JSONField(default=dict)
    # Written by the database: see the migrations.
    payload_digest = models.CharField(max_length=64, default="", db_default="", editable=False)
    digest = models.CharField(max_length=64, default="", db_default="", editable=False)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="event_of_case")]

    def __str__(self):
        return self.verb

    @property
    def sentence(self):
        """What happened, in words."""
        return SENTENCES.get(self.verb, self.verb)
