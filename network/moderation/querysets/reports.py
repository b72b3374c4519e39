"""Reports, and how they ended."""

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce


class ReportQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own reports."""
        return self.filter(reporter=member)

    def for_list(self):
        """With the state of their case and its decision, for their reporter."""
        from ..models import Decision

        standing = Decision.objects.order_by("-pk")
        return self.select_related("case").prefetch_related(
            "articles__texts", Prefetch("case__decisions", standing, to_attr="latest_decisions")
        )

    def accuracy_of(self, members):
        """How the decided reports of these members ended: {key: (right, wrong)}; none for who never reported."""
        from ..models import Decision

        judged = Decision.objects.standing().filter(case=OuterRef("case"), decided_by__isnull=False)
        counted = (
            self.filter(reporter__in=members)
            .annotate(
                is_right=Exists(judged.filter(outcome="act")),
                is_wrong=Exists(judged.filter(outcome="dismiss")),
            )
            .values("reporter")
            .annotate(
                right=Count("pk", filter=Q(is_right=True)),
                wrong=Count("pk", filter=Q(is_right=False, is_wrong=True)),
            )
            .order_by()
        )
        return {row["reporter"]: (row["right"], row["wrong"]) for row in counted}

    def independent(self, case):
        """The weights of a case's reports, the highest one of each institution: colleagues count as one.

        Those of visitors aren't there.
        """
        counted = (
            self.filter(case=case, reporter__isnull=False)
            .annotate(origin=Coalesce(F("reporter__institution"), -F("reporter")))
            .values("origin")
            .annotate(highest=Max("weight"))
            .order_by()
        )
        return [row["highest"] for row in counted]

    def for_moderators(self):
        """With who reported and the articles, but not yet their texts; the oldest first."""
        return self.select_related("reporter").prefetch_related("articles").order_by("pk")
