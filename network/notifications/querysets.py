from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from network.core.sql import any_of
from network.members.models import Member

# What others say: whether one may still read it is asked whenever a notification is shown.
READABLE = ("contribution", "space")
WORDS = ("contribution", "latest")


def reachable(recipients, kind, space_id):
    """Members among `recipients` (members or their keys) whom news of a kind may reach.

    Left out are those who are gone, and those whose membership of the space says so. Each one returned
    carries `level` (that of the membership, or None) and `wants_mail`.
    """
    people = (
        Member.objects.filter(pk__in=[getattr(member, "pk", member) for member in recipients], is_active=True)
        .alias(
            here=FilteredRelation("memberships", condition=Q(memberships__space=space_id)),
            chosen=FilteredRelation(
                "notification_preferences", condition=Q(notification_preferences__kind=kind.code)
            ),
        )
        .annotate(level=F("here__level"), preference=F("chosen__mail"))
        .order_by("pk")
    )
    told = [member for member in people if kind.reaches(member.level)]
    for member in told:
        member.wants_mail = kind.is_mailed(member.level, member.preference)
    return told


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own, as long as one may read what it tells about."""
        queryset = self.filter(recipient=member)
        for subject in READABLE:
            model = self.model._meta.get_field(subject).related_model
            readable = model._default_manager.filter(pk=OuterRef(subject)).visible_to(member)
            queryset = queryset.filter(Q(**{subject: None}) | Q(any_of(readable)))
        return queryset

    def unread(self):
        return self.filter(read_at=None)

    def for_list(self):
        """With all that a line shows."""
        return self.select_related(
            "actor",
            "contribution__space",
            "contribution__root",
            "latest__space",
            "latest__root",
            "space",
            "decision",
            "report",
            "member",
        ).defer(
            *(
                f"{name}__{body}"
                for name in WORDS
                for body in ("body", "body_text", "root__body", "root__body_text")
            )
        )


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """Messages that wait to be sent and whose time has come."""
        return self.filter(sent_at=None, dropped_at=None, due_at__lte=timezone.now())
