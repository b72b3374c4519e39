"""What this app holds of a member: what they were told."""

from network.members.holdings import Holding, register, rows

from .models import DigestState, Notification, NotificationPreference, OutboxMail


def collect(member):
    """What the member was told on the site and by mail, and what they chose to be told."""
    return {
        "notifications": rows(
            Notification.objects.filter(recipient=member), "kind", "created_at", "updated_at", "read_at"
        ),
        "preferences": rows(NotificationPreference.objects.filter(member=member), "kind", "mail"),
        "last_digest": rows(DigestState.objects.filter(member=member), "sent_at"),
        "messages": rows(
            OutboxMail.objects.filter(to__iexact=member.email),
            "to",
            "subject",
            "text",
            "created_at",
            "sent_at",
        ),
    }


def erase(member):
    """What the member was told goes, and messages to them; others keep what they were told."""
    Notification.objects.filter(recipient=member).delete()
    Notification.objects.filter(member=member).delete()
    NotificationPreference.objects.filter(member=member).delete()
    DigestState.objects.filter(member=member).delete()
    OutboxMail.objects.filter(recipient=member).delete()
    OutboxMail.objects.filter(to__iexact=member.email).delete()


register(Holding("notifications", collect, erase=erase))
