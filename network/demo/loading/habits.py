"""What people do besides writing: read, react, follow, keep."""

from zlib import crc32

from django.db.models import Exists, OuterRef

from groups.actions import set_level
from groups.models import Topic
from network.conversation.actions import bookmark, follow_member, mark_read, react, save_draft
from network.conversation.models import ReadingPosition, ThreadState
from network.conversation.permissions import can_react
from network.notifications.actions import read_all_notifications
from network.tags.actions import follow_tag, tags_for_names

from .world import read

# At most so many find one text useful.
MOST_REACTIONS = 4
# Everybody comes by once a week; days.
VISITS = 7


def plan(world, timeline):
    """Reactions to every text, then the habits of those whose eyes the visitor borrows."""
    for place, said in _texts(world):
        timeline.at(said["days_ago"] * 0.8, _find_useful, world, place)
    for row in read("habits")["habit"]:
        joined = world.people[row["member"]]["days_ago"]
        timeline.at(row["read_until"] + 0.1, _follow, world, row)
        visit = row["read_until"]
        while visit < joined:
            timeline.at(visit, _come_by, world, row["member"])
            visit += VISITS
        timeline.at(0.4, _write_draft, world, row)


def _texts(world):
    for places, answers in ((world.topics, "reply"), (world.posts, "comment")):
        for key, roots in places.items():
            for number, root in enumerate(roots):
                yield (key, number), root
                for answer, reply in enumerate(root.get(answers, ())):
                    yield (key, number, answer), reply


def _find_useful(world, place):
    """The same people at each load, another few for each text."""
    contribution = world.said[place]
    chance = crc32(repr(place).encode())
    wanted = chance % (MOST_REACTIONS + 1)
    members = list(world.members.values())
    start = chance % len(members)
    for member in members[start:] + members[:start]:
        if not wanted:
            break
        if can_react(member, contribution):
            react(contribution, actor=member)
            wanted -= 1


def _follow(world, row):
    member = world.members[row["member"]]
    for key in row["follows"]:
        follow_member(world.members[key], actor=member)
    for tag in tags_for_names(world.tags(row["tags"], member.language), language=member.language):
        follow_tag(tag, actor=member)
    for key in row["everything_in"]:
        set_level(world.groups[key], actor=member, level="everything")
    for place in row["bookmarks"]:
        bookmark(world.said[tuple(place)], actor=member)


def _come_by(world, key):
    """The member reads all that is new to them in their places, and every notification."""
    member = world.members[key]
    read_all_notifications(actor=member)
    known = ReadingPosition.objects.filter(
        member=member, root=OuterRef("root"), number__gte=OuterRef("last_number")
    )
    mine = ThreadState.objects.filter(space__memberships__member=member, space__memberships__state="active")
    news = mine.exclude(Exists(known)).select_related("root")
    for thread in news:
        mark_read(thread.root, actor=member, number=thread.last_number)


def _write_draft(world, row):
    draft = row["draft"]
    topic = Topic(
        kind="topic",
        space=world.groups[draft["group"]],
        title=draft["title"],
        body=draft["body"],
        language=draft["language"],
    )
    member = world.members[row["member"]]
    save_draft(topic, actor=member, tag_names=world.tags(draft["tags"], draft["language"]))
