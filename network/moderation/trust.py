"""How much the reports of a person count for: from 0 to 1, by standing and by how earlier reports ended."""

from datetime import timedelta

from django.utils import timezone

# What a member's report counts for while nothing is known of earlier ones.
SETTLED, NEWCOMER = 0.7, 0.3
# For so long a member is a newcomer.
NEW_FOR = timedelta(days=30)
# Somebody who was warned themselves counts for half.
WARNED = 0.5


def trust_in(member, right, wrong, *, is_warned=False):
    """The weight of a report by this member, of whose earlier ones `right` were followed and `wrong` were not.

    Visitors and members who don't take part count for nothing: they are read, they hide nothing.
    """
    if member is None or not member.is_verified:
        return 0.0
    is_new = timezone.now() - member.date_joined < NEW_FOR or not member.contribution_count
    weight = NEWCOMER if is_new else SETTLED
    # Half of the reports right, or none yet, leaves it as it is; all wrong brings it towards nothing.
    weight *= 2 * (right + 1) / (right + wrong + 2)
    return min(1.0, weight * (WARNED if is_warned else 1))
