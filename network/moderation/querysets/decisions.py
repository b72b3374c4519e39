"""Decisions, sanctions and appeals."""

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from django.utils import timezone

from .rules import CLOSED, TAKING_PART


def with_version(articles):
    """The prefetch of these articles, each with its version, which its address needs."""
    from network.charter.models import Article

    return Prefetch(articles, Article.objects.select_related("version"))


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those concerned: the person it is about, who reported, and the moderators who may see the case.

        A dismissal isn't the business of the person who was reported, unless they knew of the case.
        """
        from ..models import Case

        return self.filter(
            Q(case__concerned=member, outcome="act")
            | Q(case__concerned=member, case__events__verb__in=("asked", "hidden_automatically"))
            | Q(case__in=Case.objects.filter(reports__reporter=member).values("pk"))
            | Q(case__in=Case.objects.visible_to(member).values("pk"))
        ).distinct()

    def standing(self):
        """Not overturned."""
        return self.filter(overturned_at=None)

    def to_purge(self, now):
        """Standing removals that nobody can contest any more and whose text is still there."""
        from ..models import Appeal

        pending = Appeal.objects.filter(decision=OuterRef("pk"), judged_at=None)
        return self.standing().filter(
            ~Exists(pending), measure="remove", purged_at=None, appeal_until__lte=now
        )

    def automatic(self):
        """Those that stand and that nobody has looked at yet."""
        return self.standing().filter(automated_decision=True, decided_by=None)

    def breaches_by(self, member):
        """Those that found a breach by this member, the newest first."""
        return self.filter(case__concerned=member, outcome="act").order_by("-pk")

    def citing(self, codes):
        """Those that stand and cite an article of these codes, whatever the version, the newest first.

        None about closed groups: their words may stand in the reasons.
        """
        from ..models import DecisionArticle

        cited = DecisionArticle.objects.filter(decision=OuterRef("pk"), article__code__in=codes)
        return (
            self.standing()
            .filter(Exists(cited))
            .exclude(case__contribution__space__visibility__in=CLOSED)
            .exclude(case__contribution__audience="group")
            .order_by("-pk")
        )

    def for_case(self, case, codes, *, earlier, similar):
        """Those of the case, and those that its moderator compares with, the oldest first.

        These are the last `earlier` breaches of the person concerned, and the last `similar` decisions of
        other cases on articles of these codes, which `is_similar` marks.
        """
        others = self.exclude(case=case)
        breaches = others.breaches_by(case.concerned).values("pk")[:earlier]
        alike = others.citing(codes).values("pk")[:similar]
        return (
            self.filter(Q(case=case) | Q(pk__in=breaches) | Q(pk__in=alike))
            .annotate(is_similar=ExpressionWrapper(Q(pk__in=alike), BooleanField()))
            .select_related("case", "charter", "decided_by")
            .prefetch_related("sanctions")
            .order_by("pk")
        )

    def whole(self):
        """With all that a statement of reasons shows."""
        return self.select_related(
            "case__concerned", "case__contribution__space", "charter", "decided_by"
        ).prefetch_related(with_version("articles"), "articles__texts", "sanctions")

    def with_measure_in_force(self, now):
        """Whose measure on the content has not come to its end."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def with_expired_measure(self, now):
        """Whose measure on the content has come to its end and still has to be undone."""
        from ..models import CaseEvent

        undone = CaseEvent.objects.filter(
            case=OuterRef("case"), verb="measure_ended", at__gte=OuterRef("decided_at")
        )
        return self.standing().filter(~Exists(undone), ends_at__lte=now).exclude(measure="")


class SanctionQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Neither voided nor over."""
        now = now or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), voided_at=None)

    def ended_group_bans(self, now):
        """Removals from a group whose date has come and that still have to be undone."""
        return self.filter(kind="group_ban", ends_at__lte=now, voided_at=None, settled_at=None)

    def warnings_to(self, member, *, since):
        """What the member was warned by since then: any sanction that was not voided."""
        return self.filter(member=member, voided_at=None, starts_at__gte=since)


class AppealQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own, and for moderators those of the cases that they may see."""
        from ..models import Case

        cases = Case.objects.visible_to(member).values("pk")
        return self.filter(Q(appellant=member) | Q(decision__case__in=cases))

    def of_others(self, member):
        """Those of the cases that a moderator may see."""
        from ..models import Case

        return self.filter(decision__case__in=Case.objects.visible_to(member).values("pk"))

    def waiting_first(self):
        """Those that wait, the oldest first, then the judged ones, the newest first."""
        return self.order_by(F("judged_at").desc(nulls_first=True), "pk")

    def pending(self):
        """Waiting for a judgment, of a decision that stands."""
        return self.filter(judged_at=None, decision__overturned_at=None)

    def judgeable_by(self, member):
        """Waiting for somebody who had no part in the case, as this moderator."""
        from ..models import Case, CaseEvent

        part = CaseEvent.objects.filter(
            case=OuterRef("decision__case"), actor=member.pk, verb__in=TAKING_PART
        )
        cases = Case.objects.visible_to(member).values("pk")
        return self.pending().filter(~Exists(part), decision__case__in=cases)

    def for_list(self):
        return self.select_related("decision__case__concerned", "appellant", "judge", "report")
