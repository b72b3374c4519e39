"""The group as it is now, which every action here starts from."""

from network.conversation.models import Membership, Space
from network.conversation.permissions import forget_membership

from ..models import Group


def locked(group, *members):
    """The group as it is now, under lock; what the members' permissions remembered of it is forgotten."""
    Space.objects.select_for_update().get(pk=group.pk)
    for member in members:
        forget_membership(member, group)
    return Group.objects.get(pk=group.pk)


def base_of(group):
    """The base row, which is what notifications point at."""
    return group.space_ptr


def tie_of(group, member):
    return Membership.objects.filter(space=group.pk, member=member.pk).select_related("member").first()
