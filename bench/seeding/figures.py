"""How large the network is at each scale."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

# The network is as it was at this moment, whenever it is made; it began three years before.
END = datetime(2026, 11, 1, 12, tzinfo=UTC)
BEGINNING = END - timedelta(days=3 * 365)
# The exponent of the sizes of groups by rank, and the size of the largest at scale 1.
GROUP_SLOPE, LARGEST_GROUP = 0.72, 2_000
# The reader whose pages are measured belongs to so many groups and follows so many people.
READERS_GROUPS, READERS_PEOPLE = 30, 50
LONG_TOPIC, SHORT_TOPIC = 2_000, 30


@dataclass(frozen=True)
class Figures:
    """How many rows of each sort. Scale 1 is a network of 55,000 members."""

    scale: float
    institutions: int
    members: int
    groups: int
    blogs: int
    posts: int
    comments: int
    topics: int
    replies: int
    tags: int
    reactions: int
    member_follows: int
    blog_follows: int
    tag_follows: int
    reading_positions: int
    notifications: int
    decided_cases: int
    open_cases: int

    @classmethod
    def at(cls, scale):
        """The figures at `scale`; from 0.01 on they are a network that hangs together."""
        return cls(
            scale=scale,
            **{
                name: max(3, round(count * scale))
                for name, count in {
                    "institutions": 400,
                    "members": 55_000,
                    "groups": 900,
                    "blogs": 4_900,
                    "posts": 25_000,
                    "comments": 45_000,
                    "topics": 12_000,
                    "replies": 40_000,
                    "tags": 3_000,
                    "reactions": 200_000,
                    "member_follows": 100_000,
                    "blog_follows": 60_000,
                    "tag_follows": 40_000,
                    "reading_positions": 200_000,
                    "notifications": 200_000,
                    "decided_cases": 2_000,
                    "open_cases": 60,
                }.items()
            },
        )

    def size_of_group(self, rank):
        """How many members the group of this rank (from 1) has.

        Ten times the network has ten groups for each one, and larger ones at the top of the same curve.
        """
        return max(3, min(self.members, round(LARGEST_GROUP * (rank / self.scale) ** -GROUP_SLOPE)))
