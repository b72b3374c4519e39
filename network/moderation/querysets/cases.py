"""Cases, and who has them before them."""

from django.db import models
from django.db.models import Count, Exists, F, FloatField, OuterRef, Q, Value
from django.db.models.functions import Extract, Greatest, Least, Now
from django.utils import timezone

from .rules import CLOSED, OPEN_STATES


def _moderates(member):
    return member.is_authenticated and member.is_moderator


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def visible_to(self, member):
        """Site moderators see every case but those that concern them or that they reported."""
        if not _moderates(member):
            return self.none()
        return self.exclude(concerned=member).exclude(reports__reporter=member)

    def in_groups_of(self, member):
        """Open cases about what was said in groups that the member facilitates, for them to handle."""
        from network.conversation.models import Membership

        if not member.is_authenticated or not member.is_verified:
            return self.none()
        mine = Membership.objects.filter(
            member=member, state="active", role__in=["facilitator", "owner"], space__kind="group"
        )
        others = Membership.objects.filter(
            member=OuterRef("concerned"),
            space=OuterRef("contribution__space"),
            state="active",
            role__in=["facilitator", "owner"],
        )
        return (
            self.open()
            .filter(contribution__space__in=mine.values("space"), escalated=False, illegality=False)
            .filter(~Exists(others))
            .exclude(concerned=member)
            .exclude(reports__reporter=member)
        )

    def said_in(self, space):
        """Those about what was said in this space (or the one of this key)."""
        return self.filter(contribution__space=space)

    def by_urgency(self):
        """The most urgent first; only for open ones, of which there are never many.

        Urgency is a sum: ten for each degree of gravity, twenty where it is said to be against the law, up to
        twenty for the weight and up to five for the number of reports, and up to thirty for the time that
        went by, as a share of what was promised.
        """
        promised = Extract(F("due_at") - F("opened_at"), "epoch")
        gone = Extract(Now() - F("opened_at"), "epoch") / Greatest(
            promised, Value(1), output_field=FloatField()
        )
        urgency = (
            F("gravity") * Value(10.0)
            + models.Case(models.When(illegality=True, then=Value(20.0)), default=Value(0.0))
            + Least(F("weight") * Value(5.0), Value(20.0))
            + Least(F("report_count") * Value(1.0), Value(5.0))
            + Least(gone * Value(15.0), Value(30.0))
        )
        return self.annotate(urgency=models.ExpressionWrapper(urgency, output_field=FloatField())).order_by(
            "-urgency", "pk"
        )

    def in_queue(self, queue, member):
        """The open, free, late, waiting or decided ones, or those that the member has in hand."""
        if queue == "mine":
            return self.open().filter(moderator=member)
        if queue == "free":
            return self.open().filter(moderator=None)
        if queue == "late":
            return self.open().filter(due_at__lt=timezone.now())
        if queue == "automatic":
            return self.open().filter(decisions__automated_decision=True, decisions__overturned_at=None)
        return self.open() if queue == "open" else self.exclude(state__in=OPEN_STATES)

    def about_open_words(self, words):
        """Open ones about texts of open places that nobody else has in hand; with these words in them, if any."""
        found = self.open().filter(contribution__isnull=False, moderator=None)
        found = found.exclude(contribution__space__visibility__in=CLOSED).exclude(
            contribution__audience="group"
        )
        return found.filter(contribution__body_text__icontains=words) if words else found

    def about_kind(self, kind):
        """Those about topics, posts, replies, members or spaces."""
        if kind in ("member", "space"):
            return self.filter(**{f"{kind}__isnull": False})
        return self.filter(contribution__kind=kind)

    def waiting_to_return(self, now):
        """Those that wait for their author although the words changed since, or the time is over."""
        from ..models import CaseEvent

        asked = CaseEvent.objects.filter(
            case=OuterRef("pk"), verb="asked", at__lt=OuterRef("contribution__edited_at")
        )
        later = CaseEvent.objects.filter(
            case=OuterRef("pk"), verb="asked", at__gte=OuterRef("contribution__edited_at")
        )
        changed = Q(Exists(asked)) & ~Q(Exists(later))
        return self.filter(changed | Q(answer_due_at__lte=now), state="waiting")

    def without_a_moderator(self):
        """Open ones in the hands of somebody who doesn't take part any more."""
        return self.open().exclude(moderator=None).exclude(moderator__status="active")

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

    def with_reports(self):
        """With their reports as moderators read them."""
        from ..models import Report

        return self.prefetch_related(models.Prefetch("reports", Report.objects.for_moderators()))

    def figures(self, member):
        """How many cases wait: {"open", "late", "mine", "appeals"}."""
        from ..models import Appeal

        now = timezone.now()
        figures = (
            self.visible_to(member)
            .open()
            .aggregate(
                open=Count("pk"),
                late=Count("pk", filter=Q(due_at__lt=now)),
                mine=Count("pk", filter=Q(moderator=member)),
                free=Count("pk", filter=Q(moderator=None)),
            )
        )
        return figures | {"appeals": Appeal.objects.judgeable_by(member).count()}


class BatchItemQuerySet(models.QuerySet):
    def progress(self):
        """How far it is: {"all", "done", "refused"}."""
        return self.aggregate(
            all=Count("pk"),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            refused=Count("pk", filter=Q(refusal__gt="")),
        )

    def refused(self):
        """What is left to be decided by hand, and why."""
        return self.filter(refusal__gt="").select_related("case").order_by("pk")
