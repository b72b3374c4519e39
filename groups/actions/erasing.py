"""What becomes of a member's part in groups when they are erased; memberships are conversation's."""

from django.db import transaction

from ..models import Acknowledgement, FeedKey, GroupProposal, Invitation


@transaction.atomic
def forget_part(member):
    """What the member confirmed, proposed and was invited to is told no more, and their secret feeds end."""
    Acknowledgement.objects.filter(member=member).delete()
    GroupProposal.objects.filter(proposer=member).delete()
    Invitation.objects.filter(accepted_by=member).delete()
    Invitation.objects.filter(email__iexact=member.email).delete()
    FeedKey.objects.filter(member=member).delete()
