"""Reads of invitations, proposals and secret feeds."""

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import (
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Lower
from django.utils import timezone

from network.conversation.models import Membership


def feed_key_of(member):
    """What makes the member's secret feed links hold, or None."""
    from ..models import FeedKey

    return FeedKey.objects.filter(member=member).first()


def proposals_of(member):
    """The groups that a member has proposed and that wait for an answer, the newest first."""
    return member.group_proposals.filter(state="waiting")


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that still hold."""
        return self.waiting().filter(expires_at__gt=timezone.now())

    def waiting(self):
        """Those that nobody answered or took back, over or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def addressed_to(self, member):
        """Those sent to an address that is proved to be the member's."""
        addresses = EmailAddress.objects.filter(user=member, verified=True)
        return self.annotate(address=Lower("email")).filter(
            address__in=addresses.annotate(address=Lower("email")).values("address")
        )

    def over(self, before):
        """Those that were answered, taken back, or held no more before then: nothing is left to know of them."""
        return self.filter(Q(expires_at__lt=before) | Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before))


def invitations_of(group):
    """The invitations by e-mail to a group that wait for an answer, the newest first; at most fifty."""
    return group.invitations.waiting().order_by("-sent_at", "-pk")[:50]


def waiting_for(member):
    """Groups that have invited the member, or that they asked to join, the newest tie first; at most twenty.

    `my_state` is "invited" or "requested"; `invitation` is the key of an invitation by e-mail, or None.
    """
    from ..models import Group, Invitation

    if not member.is_authenticated:
        return []
    ties = Membership.objects.filter(
        member=member, state__in=[Membership.State.INVITED, Membership.State.REQUESTED]
    )
    posted = Invitation.objects.open().addressed_to(member)
    mine = ties.filter(space=OuterRef("pk"))
    here = posted.filter(group=OuterRef("pk")).order_by("-pk")
    known = Group.objects.visible_to(member).filter(pk__in=ties.values("space"))
    groups = Group.objects.filter(Q(pk__in=known.values("pk")) | Q(pk__in=posted.values("group")))
    return list(
        groups.exclude(memberships__in=Membership.objects.active().filter(member=member))
        .annotate(my_state=Subquery(mine.values("state")[:1]), invitation=Subquery(here.values("pk")[:1]))
        .order_by("-pk")[:20]
    )
