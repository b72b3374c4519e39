from django.db import models
from django.utils import timezone


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own alone."""
        return self.filter(recipient=member)

    def unread(self):
        return self.filter(read_at=None)

    def for_list(self):
        """With all that a line shows."""
        return self.select_related(
            "actor", "contribution__space", "latest__space", "space", "decision", "report", "member"
        )


class OutboxQuerySet(models.QuerySet):
    def due(self):
        """Messages that wait to be sent and whose time has come."""
        return self.filter(sent_at=None, dropped_at=None, due_at__lte=timezone.now())
