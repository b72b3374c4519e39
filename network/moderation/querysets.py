"""What moderation reads, and who may read it."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from network.conversation.querysets import OPEN

CLOSED = ("private", "hidden")
OPEN_STATES = ("received", "in_review", "waiting")
# The events by which somebody takes part in a case, and so can't judge an appeal in it.
TAKING_PART = ("taken", "decided", "proposed", "confirmed", "declined", "opened")


def _moderates(member):
    return member.is_authenticated and member.is_moderator


def charter_of(case):
    """The version of the charter that a case is judged by: the one in force when the act was done.

    For words, that is when they were last changed; for a member or a space, today's. None before the first.
    """
    from network.charter.models import CharterVersion

    acted_at = case.contribution and (case.contribution.edited_at or case.contribution.released_at)
    versions = CharterVersion.objects.with_words()
    then = acted_at and versions.filter(in_force_at__lte=acted_at).order_by("-in_force_at").first()
    return then or versions.in_force()


def articles_in_force():
    """The articles that bind members today, in their order, with their texts."""
    from network.charter.models import Article

    return Article.objects.filter(version__state="in_force").prefetch_related("texts").order_by("number")


def owner_of(space):
    """Who answers for a space: its first owner, or None."""
    from network.conversation.models import Membership

    owned = Membership.objects.filter(space=space, role="owner", state="active").select_related("member")
    membership = owned.order_by("joined_at", "pk").first()
    return membership and membership.member


def inspectable_contributions():
    """What the administration lists: what was said in open places, taken down or not.

    The words of closed groups, and those meant for one group, aren't there: they open through a case alone.
    """
    from network.conversation.models import Contribution

    return (
        Contribution.objects.filter(space__visibility__in=OPEN, released_at__isnull=False)
        .exclude(audience="group")
        .select_related("author__institution", "space", "root")
    )


def words_around(contribution, size=2):
    """The `size` replies before and after it in its thread, in order; empty for a topic or post."""
    if not contribution.root_id or contribution.number is None:
        return [], []
    thread = type(contribution).objects.filter(root=contribution.root_id, released_at__isnull=False)
    thread = thread.select_related("author")
    before = thread.filter(number__lt=contribution.number).order_by("-number")[:size]
    after = thread.filter(number__gt=contribution.number).order_by("number")[:size]
    return list(before)[::-1], list(after)


def proposal_of(case):
    """The event by which an exclusion was proposed, while a second moderator has yet to answer; or None."""
    answers = ("proposed", "declined", "decided", "void")
    last = case.events.filter(verb__in=answers).select_related("actor").order_by("-pk").first()
    return last if last and last.verb == "proposed" else None


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, member):
        """Site moderators see every case but those that concern them or that they reported."""
        if not _moderates(member):
            return self.none()
        return self.exclude(concerned=member).exclude(reports__reporter=member)

    def by_urgency(self):
        """Open ones first, by gravity and by the delay that was promised."""
        return self.annotate(is_past=~Q(state__in=OPEN_STATES)).order_by(
            "is_past", "-illegality", "-gravity", "due_at", "pk"
        )

    def in_queue(self, queue, member):
        """The open, late or decided ones, or those that the member has in hand."""
        if queue == "mine":
            return self.open().filter(moderator=member)
        if queue == "late":
            return self.open().filter(due_at__lt=timezone.now())
        return self.open() if queue == "open" else self.exclude(state__in=OPEN_STATES)

    def for_list(self):
        """With all that a line of the queue shows."""
        return self.select_related(
            "contribution__root", "contribution__space", "member", "space", "concerned", "moderator"
        )

    def for_page(self):
        """With what a case page shows of the case itself."""
        return self.select_related(
            "contribution__space",
            "contribution__root__space",
            "contribution__author__institution",
            "member__institution",
            "space",
            "concerned__institution",
            "moderator",
        )

    def like(self, case, size=5):
        """The last decisions that cite an article that this one's reports invoke, whatever the version.

        None about closed groups: their words may stand in the reasons.
        """
        from .models import Decision

        codes = set(case.reports.values_list("articles__code", flat=True)) - {None}
        return (
            Decision.objects.standing()
            .filter(articles__code__in=codes)
            .exclude(case=case)
            .exclude(case__contribution__space__visibility__in=CLOSED)
            .exclude(case__contribution__audience="group")
            .prefetch_related("sanctions")
            .distinct()
            .order_by("-pk")[:size]
        )

    def figures(self, member):
        """How many cases wait: {"open", "late", "mine", "appeals"}."""
        from .models import Appeal

        now = timezone.now()
        figures = (
            self.visible_to(member)
            .open()
            .aggregate(
                open=Count("pk"),
                late=Count("pk", filter=Q(due_at__lt=now)),
                mine=Count("pk", filter=Q(moderator=member)),
            )
        )
        return figures | {"appeals": Appeal.objects.judgeable_by(member).count()}


class ReportQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own reports."""
        return self.filter(reporter=member)

    def for_list(self):
        """With the state of their case and its decision, for their reporter."""
        from .models import Decision

        standing = Decision.objects.order_by("-pk")
        return self.select_related("case").prefetch_related(
            "articles__texts", Prefetch("case__decisions", standing, to_attr="latest_decisions")
        )

    def for_case(self, case):
        """The reports of a case, oldest first, for its moderator."""
        return (
            self.filter(case=case)
            .select_related("reporter")
            .prefetch_related("articles__texts")
            .order_by("pk")
        )


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those concerned: the person it is about, who reported, and the moderators who may see the case.

        A dismissal isn't the business of the person who was reported: nothing happened to them.
        """
        from .models import Case

        return self.filter(
            Q(case__concerned=member, outcome="act")
            | Q(case__in=Case.objects.filter(reports__reporter=member).values("pk"))
            | Q(case__in=Case.objects.visible_to(member).values("pk"))
        )

    def standing(self):
        """Not overturned."""
        return self.filter(overturned_at=None)

    def about(self, member):
        """Earlier decisions that found a breach by this member, the newest first."""
        return (
            self.filter(case__concerned=member, outcome="act")
            .select_related("case")
            .prefetch_related("sanctions", "articles__texts")
            .order_by("-pk")
        )

    def whole(self):
        """With all that a statement of reasons shows."""
        return self.select_related(
            "case__concerned", "case__contribution__space", "charter", "decided_by"
        ).prefetch_related("articles__texts", "articles__version", "sanctions")

    def with_measure_in_force(self, now):
        """Whose measure on the content has not come to its end."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def with_expired_measure(self, now):
        """Whose measure on the content has come to its end and still has to be undone."""
        from .models import CaseEvent

        undone = CaseEvent.objects.filter(
            case=OuterRef("case"), verb="measure_ended", at__gte=OuterRef("decided_at")
        )
        return self.standing().filter(~Exists(undone), ends_at__lte=now).exclude(measure="")


class SanctionQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Neither voided nor over."""
        now = now or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), voided_at=None)

    def warnings_to(self, member, *, since):
        """What the member was warned by since then: any sanction that was not voided."""
        return self.filter(member=member, voided_at=None, starts_at__gte=since)


class AppealQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own, and for moderators those of the cases that they may see."""
        from .models import Case

        cases = Case.objects.visible_to(member).values("pk")
        return self.filter(Q(appellant=member) | Q(decision__case__in=cases))

    def of_others(self, member):
        """Those of the cases that a moderator may see."""
        from .models import Case

        return self.filter(decision__case__in=Case.objects.visible_to(member).values("pk"))

    def waiting_first(self):
        """Those that wait, the oldest first, then the judged ones, the newest first."""
        return self.order_by(F("judged_at").desc(nulls_first=True), "pk")

    def pending(self):
        """Waiting for a judgment, of a decision that stands."""
        return self.filter(judged_at=None, decision__overturned_at=None)

    def judgeable_by(self, member):
        """Waiting for somebody who had no part in the case, as this moderator."""
        from .models import Case, CaseEvent

        part = CaseEvent.objects.filter(
            case=OuterRef("decision__case"), actor=member.pk, verb__in=TAKING_PART
        )
        cases = Case.objects.visible_to(member).values("pk")
        return self.pending().filter(~Exists(part), decision__case__in=cases)

    def for_list(self):
        return self.select_related("decision__case__concerned", "appellant", "judge")
