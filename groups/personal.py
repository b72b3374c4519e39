"""What this app holds of a member, and which groups need somebody before the member leaves."""

from django.utils.translation import gettext as _

from network.conversation.models import Membership
from network.members.holdings import Holding, register, rows

from .actions.erasing import forget_part
from .models import Acknowledgement, FeedKey, Group, GroupProposal, Invitation

Role = Membership.Role


def _owned_only_by(member):
    """Groups of which the member is an owner, and nobody else who is still here."""
    owners = Membership.objects.active().filter(role=Role.OWNER)
    others = owners.filter(member__is_active=True, member__leaving_at=None).exclude(member=member)
    return (
        Group.objects.filter(archived_at=None, pk__in=owners.filter(member=member).values("space"))
        .exclude(pk__in=others.values("space"))
        .order_by("title")
    )


def collect(member):
    """Announcements they confirmed to have read, groups they proposed, invitations they sent and took up."""
    return {
        "acknowledgements": rows(Acknowledgement.objects.filter(member=member), "topic", "at"),
        "proposals": rows(
            GroupProposal.objects.filter(proposer=member), "title", "description", "state", "visibility"
        ),
        "invitations_sent": rows(
            Invitation.objects.filter(invited_by=member), "group__title", "email", "sent_at", "accepted_at"
        ),
        "invitations_taken_up": rows(
            Invitation.objects.filter(accepted_by=member), "group__title", "email", "accepted_at"
        ),
        "secret_feeds": rows(FeedKey.objects.filter(member=member), "created_at"),
    }


def warn(member):
    """Groups that would be without an owner."""
    for group in _owned_only_by(member):
        yield _(
            "You are the only owner of the group “%(group)s”: make another member its owner first. "
            "Otherwise the administrators look for one."
        ) % {"group": group.title}


register(Holding("groups", collect, erase=forget_part, warn=warn))
