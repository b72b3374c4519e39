"""Coming into a space, leaving it, following."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from network.core.answers import require
from network.members.models import Member
from network.tags.actions import tags_for_names

from ..models import Follow, Membership, Space, TaggedSpace
from ..permissions import can_follow_member, can_follow_space, forget_membership


def _counts(membership):
    return membership is not None and membership.is_active and membership.role != Membership.Role.FOLLOWER


@transaction.atomic
def enter_space(space, member, *, role, state=Membership.State.ACTIVE, level=None, note=""):
    """Tie the member to the space in that role and state, and keep the count of members.

    Permission is asked by the caller, which knows why: a join, an answer to a request, a hand-over.
    Returns the membership and whether anything changed.
    """
    Space.objects.select_for_update().get(pk=space.pk)
    membership = Membership.objects.filter(space=space.pk, member=member).first()
    counted = _counts(membership)
    if membership is None:
        membership = Membership(space_id=space.pk, member=member)
    elif (membership.role, membership.state) == (role, state):
        return membership, False
    entering = state == Membership.State.ACTIVE and not membership.is_active
    membership.role, membership.state = role, state
    membership.note = note or membership.note
    membership.level = level or membership.level
    if entering or membership.pk is None:
        membership.joined_at = timezone.now()
    membership.save()
    _count(space, counted, _counts(membership))
    forget_membership(member, space)
    return membership, True


@transaction.atomic
def leave_space(space, member):
    """End the tie; says whether there was one. What the member said stays."""
    Space.objects.select_for_update().get(pk=space.pk)
    membership = Membership.objects.filter(space=space.pk, member=member).first()
    if membership is None:
        return False
    counted = _counts(membership)
    membership.delete()
    _count(space, counted, False)
    forget_membership(member, space)
    return True


def _count(space, before, after):
    if before != after:
        step = 1 if after else -1
        Space.objects.filter(pk=space.pk).update(member_count=F("member_count") + step)
        space.member_count += step


@transaction.atomic
def tag_space(space, names, *, language):
    """Replace the tags of a space; says whether that changed anything. `language` is that of names not known yet.

    Permission is asked by the caller, which changes more of the space.
    """
    before = set(TaggedSpace.objects.filter(content_object=space.pk).values_list("tag", flat=True))
    after = {tag.pk for tag in tags_for_names(names, language=language)}
    TaggedSpace.objects.filter(content_object=space.pk, tag__in=before - after).delete()
    TaggedSpace.objects.bulk_create(
        TaggedSpace(content_object_id=space.pk, tag_id=tag) for tag in after - before
    )
    return before != after


def follow_space(space, *, actor):
    """See from now on, in the feed, what is published in a blog; says whether that changed anything."""
    require(can_follow_space(actor, space))
    return enter_space(space, actor, role=Membership.Role.FOLLOWER, level=Membership.Level.NOTHING)[1]


def unfollow_space(space, *, actor):
    """Stop following a blog; says whether that changed anything."""
    if not Membership.objects.filter(space=space.pk, member=actor, role=Membership.Role.FOLLOWER).exists():
        return False
    return leave_space(space, actor)


@transaction.atomic
def follow_member(other, *, actor):
    """See from now on what another member says; says whether that changed anything."""
    require(can_follow_member(actor, other))
    created = Follow.objects.get_or_create(follower=actor, followed=other)[1]
    if created:
        Member.objects.filter(pk=other.pk).update(follower_count=F("follower_count") + 1)
    return created


@transaction.atomic
def unfollow_member(other, *, actor):
    """Stop following a member; says whether that changed anything."""
    gone = bool(Follow.objects.filter(follower=actor, followed=other).delete()[0])
    if gone:
        Member.objects.filter(pk=other.pk).update(follower_count=F("follower_count") - 1)
    return gone
