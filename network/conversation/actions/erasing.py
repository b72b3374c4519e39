"""What becomes of words and ties when their member is erased. Who may is asked by whoever erases."""

from django.db import transaction
from django.db.models import Q

from network.core.audit import forget_names
from network.members.models import Member

from ..models import Attachment, Bookmark, Contribution, Follow, Membership, Mention, ReadingPosition
from .counting import count_contribution, locked
from .spaces import leave_space, unfollow_member


def _nobody_needs(member):
    """Unreleased words, and posts of their blog under which nobody ever wrote; none that a case is about."""
    unneeded = Q(released_at=None) | Q(kind=Contribution.Kind.POST, replies=None)
    return Contribution.objects.filter(unneeded, author=member, cases=None, answers=None)


@transaction.atomic
def erase_words(member):
    """Delete what the member wrote and nobody read or answered: drafts, files without a text, unanswered posts.

    What others answered stays, and so does what a case is about. Returns how many texts went.
    """
    gone = 0
    for contribution in list(_nobody_needs(member)):
        gone += _delete(contribution)
    _delete_files(Attachment.objects.filter(owner=member, contribution=None))
    return gone


def _delete(contribution):
    fresh = locked(contribution)
    # Answered, or reported, a moment ago: it stays.
    if not _nobody_needs(fresh.author_id).filter(pk=fresh.pk).exists():
        return False
    if fresh.released_at and fresh.moderation == Contribution.Moderation.CLEAR:
        count_contribution(fresh, -1)
    _delete_files(Attachment.objects.filter(contribution=fresh.pk))
    forget_names(fresh)
    fresh.delete()
    return True


def _delete_files(attachments):
    for attachment in attachments:
        transaction.on_commit(lambda stored=attachment.file: stored.storage.delete(stored.name))
    attachments.delete()


@transaction.atomic
def erase_ties(member):
    """End what ties the member to places and people. That something served them stays, without their name."""
    memberships = Membership.objects.filter(member=member).exclude(
        role=Membership.Role.OWNER, space__kind="blog"
    )
    for membership in list(memberships.select_related("space").order_by("space")):
        leave_space(membership.space, member)
    for other in list(Member.objects.filter(followers__follower=member).order_by("pk")):
        unfollow_member(other, actor=member)
    Follow.objects.filter(followed=member).delete()
    member.follower_count = 0
    for model in (Bookmark, Mention, ReadingPosition):
        model.objects.filter(member=member).delete()
