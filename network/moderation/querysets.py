from django.db import models
from django.db.models import Q


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=["received", "in_review", "waiting"])

    def visible_to(self, member):
        """Site moderators see every case but those that concern them or that they reported."""
        if not member.is_moderator:
            return self.none()
        return self.exclude(concerned=member).exclude(reports__reporter=member)

    def by_urgency(self):
        """Open ones first, by gravity and by the delay that was promised."""
        return self.order_by("-illegality", "-gravity", "due_at", "pk")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own reports."""
        return self.filter(reporter=member)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Those concerned: the person it is about, who reported, and the moderators who may see the case."""
        from .models import Case

        return self.filter(
            Q(case__concerned=member)
            | Q(case__in=Case.objects.filter(reports__reporter=member).values("pk"))
            | Q(case__in=Case.objects.all().visible_to(member).values("pk"))
        )
