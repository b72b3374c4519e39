"""What members do beside writing: react, read, and what they are told."""

from itertools import accumulate

from network.conversation.models import Reaction, ReadingPosition
from network.notifications.models import Notification

from .copying import copy

UNREAD_EACH = 5
# How many notifications the reader has whose pages are measured.
READERS = 200


def seed_reactions(plan):
    copy(
        Reaction,
        ["contribution_id", "member_id", "kind"],
        ((key, member, "useful") for key, member in sorted(plan.reactions)),
    )


def seed_readings(plan):
    copy(
        ReadingPosition,
        ["member_id", "root_id", "number"],
        ((member, root, number) for (member, root), number in sorted(plan.readings.items())),
    )


def seed_notifications(plan):
    """Replies to what one wrote; then what is new in one's groups."""
    columns = ["recipient_id", "kind", "contribution_id", "actor_id", "actor_count", "actors", "latest_id"]
    columns += ["created_at", "updated_at", "read_at", "mailed_until"]
    copy(Notification, columns, _notifications(plan))


def _notifications(plan):
    left = plan.figures.notifications
    for root in plan.said:
        if left and root.replies:
            actors = list(
                dict.fromkeys(reply.author for reply in root.replies if reply.author != root.author)
            )
            if actors:
                left -= 1
                yield _row(root.author, "reply", root, root.replies[-1], actors, left)
    yield from _of_groups(plan, left)


def _of_groups(plan, left):
    chance, told = plan.chance("notifications"), set()
    talking = [group for group in plan.groups if group.roots]
    readers = [group for group in talking if plan.reader in group.people]
    roots = [root for group in readers for root in group.roots if root.author != plan.reader][:READERS]
    wanted = [(plan.reader, root) for root in roots]
    weights = list(accumulate(len(group.people) for group in talking))
    for group in chance.choices(talking, cum_weights=weights, k=3 * left):
        wanted.append((chance.choice(group.people), chance.choice(group.roots)))
    for member, root in wanted:
        if left and (member, root.key) not in told and member != root.author:
            told.add((member, root.key))
            left -= 1
            latest = root.replies[-1] if root.replies else root
            yield _row(member, "activity", root, latest, [latest.author], left)


def _row(recipient, kind, root, latest, actors, index):
    read = None if index % UNREAD_EACH == 0 else latest.at
    shown = actors[-20:]
    return (
        *(recipient, kind, root.key, shown[-1], len(shown), shown, latest.key),
        *(latest.at, latest.at, read, latest.at),
    )
