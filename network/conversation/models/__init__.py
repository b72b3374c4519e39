from .contributions import Attachment, Contribution, Edit, TaggedContribution, ThreadState
from .relations import Bookmark, Follow, Mention, Reaction, ReadingPosition
from .spaces import Membership, Space, TaggedSpace

__all__ = [
    "Attachment",
    "Bookmark",
    "Contribution",
    "Edit",
    "Follow",
    "Membership",
    "Mention",
    "Reaction",
    "ReadingPosition",
    "Space",
    "TaggedContribution",
    "TaggedSpace",
    "ThreadState",
]
