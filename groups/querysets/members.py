"""Reads of who belongs to groups."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    Count,
    Q,
    When,
)

from network.conversation.models import Contribution, Membership, Space
from network.conversation.querysets import MembershipQuerySet
from network.core.paging import newest_first
from network.members.models import Member

KEEPING_ORDER = (Membership.Role.OWNER, Membership.Role.FACILITATOR)


def ties_of_people_of(institution):
    ties = Membership.objects.active().exclude(role=Membership.Role.FOLLOWER)
    return ties.filter(member__institution=institution, member__status=Member.Status.ACTIVE)


def colleagues_in(groups, member):
    """Who of the member's institution belongs to these groups (from a list), others than the member.

    By the key of the group: how many, and the names of the first three. Of groups that the member can't read
    nothing is said.
    """
    if not member.is_authenticated or not member.is_verified or member.institution_id is None:
        return {}
    read = Space.objects.filter(pk__in=[group.pk for group in groups]).readable_by(member)
    counted = (
        ties_of_people_of(member.institution_id)
        .filter(space__in=read.values("pk"))
        .exclude(member=member)
        .values("space")
        .annotate(people=Count("pk"), names=ArrayAgg("member__name", order_by=("joined_at", "pk")))
    )
    return {row["space"]: (row["people"], row["names"][:3]) for row in counted}


def tie_and_facilitators(group, member):
    """The member's tie to the group, or None, and the ties of those who keep order in it; one query."""
    keeping = Q(role__in=KEEPING_ORDER, state=Membership.State.ACTIVE)
    wanted = keeping | Q(member=member) if member.is_authenticated else keeping
    ties = list(
        Membership.objects.filter(wanted, space=group)
        .select_related("member__institution")
        .order_by("joined_at", "pk")
    )
    mine = next((tie for tie in ties if tie.member_id == member.pk), None)
    return mine, [tie for tie in ties if tie.is_active and tie.role in KEEPING_ORDER]


def members_of(group, cursor="", *, text="", role="", institution=None):
    """One page of the active memberships of a group, the newest first, with their members.

    Narrowed to names that hold the words of `text`, to a role, to the people of an institution.
    """
    ties = _of(group, Membership.State.ACTIVE).select_related("member__institution", "space")
    if text:
        ties = ties.filter(member__in=Member.objects.matching(text).values("pk"))
    if role:
        ties = ties.filter(role=role)
    if institution:
        ties = ties.filter(member__institution=institution)
    return newest_first(ties, cursor, by="joined_at")


def successors_in(group, member):
    """Who may own the group after the member: those who keep order first, then who is in it longest; at most fifty."""
    others = _of(group, Membership.State.ACTIVE).filter(member__status=Member.Status.ACTIVE)
    keeping = Case(When(role__in=KEEPING_ORDER, then=0), default=1)
    return others.exclude(member=member).select_related("member").order_by(keeping, "joined_at", "pk")[:50]


def apart_in(group):
    """The ties of who isn't a member of the group: who asks, who is invited, who is banned, each the oldest first.

    At most fifty of each, in one query; the others follow as these are answered.
    """
    states = (Membership.State.REQUESTED, Membership.State.INVITED, Membership.State.BANNED)
    wanted = Q()
    for state in states:
        wanted |= Q(pk__in=_of(group, state).order_by("joined_at", "pk").values("pk")[:50])
    ties = list(
        Membership.objects.filter(wanted).select_related("member__institution").order_by("joined_at", "pk")
    )
    return tuple([tie for tie in ties if tie.state == state] for state in states)


def _of(group, state) -> MembershipQuerySet:
    return Membership.objects.filter(space=group, state=state)


def is_newcomer(contribution):
    """Is it the first that its author says in a group that wants to look at such ones?"""
    from ..models import Group

    if not Group.objects.filter(pk=contribution.space_id, review_newcomers=True).exists():
        return False
    keeps_order = Membership.objects.active().filter(
        space=contribution.space_id, member=contribution.author_id, role__in=KEEPING_ORDER
    )
    said = Contribution.objects.released().filter(space=contribution.space_id, author=contribution.author_id)
    return not keeps_order.exists() and not said.exists()
