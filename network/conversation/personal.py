"""What this app holds of a member: what they said, and what they did with what others said."""

from network.members.holdings import Holding, register, rows

from .actions.erasing import erase_ties, erase_words
from .models import (
    Attachment,
    Bookmark,
    Contribution,
    Edit,
    Follow,
    Membership,
    Mention,
    Reaction,
    ReadingPosition,
)

WORDS = (
    "id",
    "kind",
    "space__title",
    "root",
    "number",
    "slug",
    "title",
    "summary",
    "body",
    "language",
    "audience",
    "capacity",
    "institution__name_fr",
    "created_at",
    "published_at",
    "released_at",
    "edited_at",
    "moderation",
    "reaction_count",
)


def collect(member):
    """All that the member wrote, drafts and earlier wordings included, and their ties."""
    return {
        "contributions": rows(Contribution.objects.filter(author=member), *WORDS),
        "tags": rows(
            Contribution.objects.filter(author=member, tagged_items__isnull=False), "id", "tags__name"
        ),
        "earlier_wordings": rows(
            Edit.objects.filter(contribution__author=member),
            "contribution",
            "title",
            "body",
            "edited_at",
            "reason",
            "substantive",
        ),
        "files": rows(
            Attachment.objects.filter(owner=member), "id", "contribution", "name", "alt", "size", "created_at"
        ),
        "memberships": rows(
            Membership.objects.filter(member=member),
            "space__kind",
            "space__title",
            "role",
            "state",
            "level",
            "note",
            "joined_at",
        ),
        "follows": rows(Follow.objects.filter(follower=member), "followed__handle", "since"),
        "found_useful": rows(Reaction.objects.filter(member=member), "contribution", "kind", "at"),
        "bookmarks": rows(Bookmark.objects.filter(member=member), "contribution", "at"),
        "mentions_of_you": rows(Mention.objects.filter(member=member), "contribution"),
        "read": rows(ReadingPosition.objects.filter(member=member), "root", "number", "read_at"),
    }


def files(member):
    """Pictures and documents, under their number and name."""
    for attachment in Attachment.objects.filter(owner=member).order_by("pk").iterator():
        yield f"{attachment.pk}-{attachment.name}", attachment.file


def erase(member):
    """What nobody needs goes; what others answered stays by a former member."""
    erase_words(member)
    erase_ties(member)


register(Holding("conversation", collect, files=files, erase=erase))
