"""What people say: topics and their replies, posts and their comments."""

from django.core.files import File
from django.utils import timezone

from blogs.models import Post
from groups.actions import start_topic
from groups.models import Topic
from network.conversation.actions import (
    edit_contribution,
    lock_contribution,
    pin_contribution,
    post_contribution,
)
from network.conversation.attachments import add_attachment
from network.conversation.models import Contribution

from .house import MINUTE
from .world import DATA, read


class NotReleased(Exception):
    """A text of the demonstration that its author might not post."""


def plan(world, timeline):
    """Each text at its moment, then what happens to it."""
    owners = {row["key"]: row["owner"] for row in read("groups")["group"]}
    for group, topics in world.topics.items():
        for number, topic in enumerate(topics):
            place = (group, number)
            timeline.at(topic["days_ago"], _start_topic, world, place, topic)
            for action, wanted in ((pin_contribution, "pinned"), (lock_contribution, "locked")):
                if topic.get(wanted):
                    # Once all was said.
                    when = _last_word(topic) - MINUTE
                    timeline.at(when, _keep_order, world, action, place, owners[group])
            _plan_replies(world, timeline, place, topic.get("reply", ()))
    for owner, posts in world.posts.items():
        for number, post in enumerate(posts):
            timeline.at(post["days_ago"], _publish, world, (owner, number), post)
            _plan_replies(world, timeline, (owner, number), post.get("comment", ()))


def _last_word(topic):
    return min(each["days_ago"] for each in [topic, *topic.get("reply", ())])


def _plan_replies(world, timeline, place, replies):
    for number, reply in enumerate(replies):
        timeline.at(reply["days_ago"], _reply, world, (*place, number), reply)
        if "edited" in reply:
            timeline.at(reply["edited"]["days_ago"], _correct, world, (*place, number), reply["edited"])


def _start_topic(world, place, row):
    topic = Topic(
        space=world.groups[place[0]],
        title=row["title"],
        type=row["kind"],
        body=row["body"],
        language=row["language"],
        **_capacity(world, row),
    )
    author, tags = world.members[row["author"]], world.tags(row["tags"], row["language"])
    _keep(world, place, start_topic(topic, actor=author, tag_names=tags, at=timezone.now()))


def _capacity(world, row):
    if row.get("capacity") != Contribution.Capacity.INSTITUTION:
        return {}
    return {"capacity": row["capacity"], "institution": world.institutions[row["institution"]]}


def _publish(world, place, row):
    author = world.members[place[0]]
    post = Post(
        kind=Contribution.Kind.POST,
        space=world.blogs[place[0]],
        title=row["title"],
        summary=row["summary"],
        body=row["body"],
        language=row["language"],
        audience=row["audience"],
    )
    if "cover" in row:
        with (DATA / "covers" / row["cover"]).open("rb") as picture:
            post.cover = add_attachment(File(picture, row["cover"]), actor=author, alt=row["cover_alt"])
    tags = world.tags(row["tags"], row["language"])
    _keep(world, place, post_contribution(post, actor=author, tag_names=tags, at=timezone.now()))


def _reply(world, place, row):
    root = world.said[place[:2]]
    reply = Contribution(
        space=root.space,
        root=root,
        parent=world.said[*place[:2], row["parent"]] if "parent" in row else None,
        body=row["body"],
        language=row["language"],
    )
    author = world.members[row["author"]]
    _keep(world, place, post_contribution(reply, actor=author, at=timezone.now()))
    if row.get("accepted"):
        Topic.objects.filter(pk=root.pk).update(accepted_reply=reply)


def _keep(world, place, contribution):
    if contribution.released_at is None:
        raise NotReleased(f"{place}: {contribution}")
    world.said[place] = contribution


def _correct(world, place, edited):
    contribution = world.said[place]
    edit_contribution(contribution, actor=contribution.author, body=edited["body"], reason=edited["reason"])


def _keep_order(world, action, place, owner):
    action(world.said[place], actor=world.members[owner])
