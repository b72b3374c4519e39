"""Who may do what with notifications and messages."""

from django.utils.translation import gettext_lazy as _

from network.core.answers import HIDDEN, YES, no

from . import kinds
from .models import Notification
from .querysets import reachable


def can_open_notification(member, notification):
    """One's own alone."""
    return YES if member and notification.recipient_id == member.pk else HIDDEN


def can_stop_mail(code):
    """Whether messages of a kind may be refused is the kind's matter; the signed link says who asks."""
    return YES if kinds.get(code).can_stop else no(_("This message has to be sent by law."))


def can_receive_mail(mail):
    """May this message of the outbox still leave? What it tells about may have been closed since."""
    recipient, notification = mail.recipient, mail.notification
    if recipient and not recipient.is_active:
        return no(_("The member is gone."))
    if notification is None:
        # A message written by its cause keeps its words; a notification's are made when it leaves.
        return YES if mail.subject else no(_("What it told about is gone."))
    kind = kinds.get(notification.kind)
    if not kind.can_still_see(notification):
        return no(_("The member may not see it any more."))
    if not Notification.objects.visible_to(recipient).filter(pk=notification.pk).exists():
        return no(_("The member may not see it any more."))
    if kind.can_stop and notification.read_at:
        return no(_("The member has seen it on the site."))
    told = reachable([recipient], kind, notification.space_concerned)
    if not told or not told[0].wants_mail:
        return no(_("The member doesn't want such messages."))
    return YES
