"""Groups are founded and joined; blogs are opened and followed."""

from blogs.actions import change_blog, open_blog
from groups.actions import answer_request, create_group, declare_official, invite_member, join_group, set_role
from groups.models import Group
from network.conversation.actions import follow_space
from network.conversation.models import Membership

from .house import MINUTE
from .world import read

# The least time, in days, between coming to a place and saying something there.
BEFORE_SPEAKING = 0.05


def plan(world, timeline):
    """Groups and who joins them, blogs and who follows them."""
    for row in read("groups")["group"]:
        timeline.at(row["days_ago"], _found, world, row)
        if row["official"]:
            timeline.at(row["days_ago"] - MINUTE, _declare_official, world, row)
        for place, key in enumerate(row["facilitators"] + row["members"]):
            _plan_member(world, timeline, row, key, place)
    for row in read("blogs")["blog"]:
        timeline.at(row["days_ago"], _open_blog, world, row)
        for place, key in enumerate(row["followers"], 1):
            since = min(row["days_ago"], world.people[key]["days_ago"]) - MINUTE
            timeline.at(since * (1 - place / (len(row["followers"]) + 2)), _follow, world, row["owner"], key)


def _plan_member(world, timeline, row, key, place):
    earliest = min(row["days_ago"], world.people[key]["days_ago"]) - 0.1
    latest = _first_word(world, row["key"], key) + BEFORE_SPEAKING
    # Facilitators come first, the others over the time that there is.
    share = 0 if key in row["facilitators"] else (place * 7 % 13 + 1) / 15
    joined = earliest - max(0.0, earliest - latest) * share
    come_in = {"open": _join, "request": _ask_and_join, "invitation": _be_invited}[row["join_policy"]]
    timeline.at(joined, come_in, world, row, key)
    if key in row["facilitators"]:
        timeline.at(joined - MINUTE, _make_facilitator, world, row, key)


def _first_word(world, group, key):
    """How many days ago this person first said something in the group; one day for who hasn't."""
    said = [1.0]
    for topic in world.topics[group]:
        said += [each["days_ago"] for each in [topic, *topic.get("reply", ())] if each["author"] == key]
    return max(said)


def _found(world, row):
    group = create_group(
        actor=world.members[row["owner"]],
        title=row["title"],
        tag_names=world.tags(row["tags"], row["languages"][0]),
        **{name: row[name] for name in ("description", "visibility", "join_policy", "languages", "rules")},
    )
    world.groups[row["key"]] = Group.objects.get(pk=group.pk)


def _declare_official(world, row):
    declare_official(world.groups[row["key"]], actor=world.administrator)


def _join(world, row, key, note=""):
    return join_group(world.groups[row["key"]], actor=world.members[key], note=note)


def _ask_and_join(world, row, key):
    membership = _join(world, row, key)
    answer_request(membership, actor=world.members[row["owner"]], accept=True)


def _be_invited(world, row, key):
    invite_member(world.groups[row["key"]], world.members[key], actor=world.members[row["owner"]])
    _join(world, row, key)


def _make_facilitator(world, row, key):
    membership = Membership.objects.select_related("space", "member").get(
        space=world.groups[row["key"]], member=world.members[key]
    )
    set_role(membership, actor=world.members[row["owner"]], role=Membership.Role.FACILITATOR)


def _open_blog(world, row):
    owner = world.members[row["owner"]]
    blog = open_blog(actor=owner, title=row["title"], visibility="public", languages=row["languages"])
    change_blog(blog, actor=owner, description=row["description"])
    world.blogs[row["owner"]] = blog


def _follow(world, owner, key):
    follow_space(world.blogs[owner], actor=world.members[key])
