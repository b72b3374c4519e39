"""Order among topics: pinned, closed, moved, merged, split; by whom, and what it leaves right."""

import pytest

from groups import actions
from groups.models import Group, Topic
from network.conversation.actions import enter_space, hide_contribution, save_draft
from network.conversation.counters import drifted
from network.conversation.models import Contribution, ReadingPosition, ThreadState
from network.core.models import AuditEntry
from network.core.refusals import Refused
from network.notifications.models import Notification
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory

VERBS = {
    "pin": {"pinned": "yes"},
    "lock": {"locked": "yes"},
    "move": {},
    "merge": {},
    "split": {},
}


def post(client, topic, verb, **data):
    return client.post(f"{topic.get_absolute_url()}{verb}/", VERBS[verb] | data)


def numbers_are_right():
    return {name: count for name, count in drifted().items() if count} == {}


def now(contribution):
    return Contribution.objects.select_related("space", "root").get(pk=contribution.pk)


@pytest.fixture
def topic(make_group, member):
    return TopicFactory(space=make_group(), author=member, title="Archives", tags=["paper"])


@pytest.fixture
def moderator():
    return MemberFactory(roles=["moderator"])


@pytest.mark.parametrize("who", ["facilitator", "owner", "moderator"])
@pytest.mark.parametrize(("verb", "field"), [("pin", "pinned"), ("lock", "locked")])
def test_those_who_keep_order_pin_and_close_and_undo_it(client_for, topic, verb, field, who):
    client = client_for(who)
    post(client, topic, verb)
    assert getattr(now(topic), field)
    post(client, topic, verb, **{field: "no"})
    assert not getattr(now(topic), field)
    assert AuditEntry.objects.filter(verb=f"{verb}_contribution").count() == 2


@pytest.mark.parametrize("who", ["member", "stranger", "pending", "visitor"])
@pytest.mark.parametrize("verb", VERBS)
def test_others_keep_no_order(client_for, topic, page, who, verb):
    ReplyFactory(root=topic)
    client = client_for(who)
    assert "Keep order" not in page(client.get(topic.get_absolute_url()))
    assert post(client, topic, verb).status_code == (302 if who == "visitor" else 403)
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("verb", VERBS)
def test_what_facilitators_do_they_find_in_the_menu(client_for, topic, page, verb):
    ReplyFactory(root=topic)
    client = client_for("facilitator")
    address = f"{topic.get_absolute_url()}{verb}/"
    assert address in page(client.get(topic.get_absolute_url()))
    assert client.get(address).status_code == (302 if verb in ("pin", "lock") else 200)


def test_a_facilitator_does_not_open_what_a_decision_closed(client_for, topic, monkeypatch, page):
    post(client_for("facilitator"), topic, "lock")
    monkeypatch.setattr("groups.actions.order.is_locked_by_decision", lambda topic: True)
    response = client_for("facilitator").post(
        f"{topic.get_absolute_url()}lock/", {"locked": "no"}, follow=True
    )
    assert "A decision of the moderators has closed" in page(response)
    assert now(topic).locked


def test_nobody_reads_titles_of_closed_groups_in_the_record(client_for, make_group, owner):
    topic = TopicFactory(space=make_group(visibility="hidden"), author=owner, title="Quagga")
    post(client_for("owner"), topic, "pin")
    assert not AuditEntry.objects.filter(target_text__contains="Quagga").exists()


# Moving


@pytest.fixture
def elsewhere(facilitator):
    group = GroupFactory(title="Elsewhere")
    enter_space(group, facilitator, role="member")
    return group


def test_a_topic_is_moved_with_its_replies_and_found_at_its_old_address(
    client_for, topic, elsewhere, facilitator, page
):
    replies = [ReplyFactory(root=topic) for _ in range(3)]
    hide_contribution(replies[0], actor=None)
    waiting = ReplyFactory(root=topic, waiting=True)
    old = topic.get_absolute_url()
    response = client_for("facilitator").post(f"{old}move/", {"group": elsewhere.pk}, follow=True)
    assert "The topic stands in Elsewhere now." in page(response)
    assert {now(each).space_id for each in (topic, *replies, waiting)} == {elsewhere.pk}
    assert now(replies[2]).number == 3
    assert ThreadState.objects.get(root=topic).space_id == elsewhere.pk
    assert numbers_are_right()
    assert Group.objects.get(pk=elsewhere.pk).reply_count == 2
    assert client_for("visitor").get(old).url == now(topic).get_absolute_url()
    assert "Moved here from" in page(client_for("visitor").get(old, follow=True))
    told = set(Notification.objects.filter(kind="moved").values_list("recipient", flat=True))
    assert told == {topic.author_id, *(reply.author_id for reply in replies)}
    assert AuditEntry.objects.filter(verb="move_topic", actor=facilitator).exists()


def test_it_can_be_moved_back(topic, elsewhere, facilitator):
    left = Group.objects.get(pk=topic.space_id)
    enter_space(elsewhere, facilitator, role="facilitator")
    actions.move_topic(Topic.objects.get(), actor=facilitator, to=elsewhere)
    actions.move_topic(Topic.objects.get(), actor=facilitator, to=left)
    assert now(topic).space_id == left.pk
    assert numbers_are_right()


def test_a_group_in_which_one_may_not_write_is_not_offered(client_for, topic, page):
    foreign = GroupFactory(title="A foreign group")
    client = client_for("facilitator")
    assert "A foreign group" not in page(client.get(f"{topic.get_absolute_url()}move/"))
    assert "Please choose one of those on offer" in page(post(client, topic, "move", group=foreign.pk))
    assert now(topic).space_id != foreign.pk


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_a_topic_does_not_go_where_its_author_cannot_read(topic, facilitator, client_for, visibility):
    closed = GroupFactory(visibility=visibility)
    MembershipFactory(space=closed, member=facilitator, role="owner")
    assert post(client_for("facilitator"), topic, "move", group=closed.pk).status_code == 403
    assert now(topic).space_id != closed.pk


def test_more_readers_have_to_be_confirmed(client_for, make_group, member, elsewhere, page):
    topic = TopicFactory(space=make_group(visibility="network"), author=member)
    client = client_for("facilitator")
    assert "More people will read this topic there" in page(post(client, topic, "move", group=elsewhere.pk))
    assert now(topic).space_id != elsewhere.pk
    post(client, topic, "move", group=elsewhere.pk, widen="on")
    assert now(topic).space_id == elsewhere.pk
    assert numbers_are_right()


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_the_words_of_a_closed_group_are_never_opened(
    client_for, make_group, member, elsewhere, page, visibility
):
    topic = TopicFactory(space=make_group(visibility=visibility), author=member)
    enter_space(elsewhere, member, role="member")
    text = page(post(client_for("facilitator"), topic, "move", group=elsewhere.pk, widen="on"))
    assert "meant for the members of this group" in text
    assert now(topic).space_id != elsewhere.pk


def test_uses_of_tags_follow_into_a_closed_group(topic, member, facilitator):
    closed = GroupFactory(visibility="private")
    for each in (member, facilitator):
        MembershipFactory(space=closed, member=each)
    actions.move_topic(topic, actor=facilitator, to=closed)
    assert topic.tags.get().use_count == 0


def test_a_reply_sent_to_the_old_address_is_kept_for_the_new_one(
    client_for, topic, elsewhere, member, facilitator, page
):
    enter_space(elsewhere, member, role="member")
    old = topic.get_absolute_url()
    actions.move_topic(topic, actor=facilitator, to=elsewhere)
    response = client_for("member").post(
        old, {"body": "What I typed meanwhile", "language": "en"}, follow=True
    )
    assert "was moved meanwhile" in page(response)
    assert "What I typed meanwhile" in page(response)


def test_a_reply_written_while_the_topic_moved_goes_with_it(topic, elsewhere, facilitator):
    author = MemberFactory()
    for space in (topic.space, elsewhere):
        enter_space(space, author, role="member")
    draft = save_draft(
        Contribution(space=topic.space, root=topic.contribution_ptr, language="en", body="<p>Late.</p>"),
        actor=author,
    )
    actions.move_topic(topic, actor=facilitator, to=elsewhere)
    client_draft = Contribution.objects.get(pk=draft.pk)
    assert client_draft.space_id == elsewhere.pk


# Merging and splitting


def test_two_topics_become_one_and_numbers_follow(client_for, topic, member, page):
    replies = [ReplyFactory(root=topic) for _ in range(2)]
    into = TopicFactory(space=topic.space, title="Archives, older")
    ReplyFactory(root=into)
    ReadingPosition.objects.create(member=member, root=into.contribution_ptr, number=1)
    response = post(client_for("facilitator"), topic, "merge", into=into.pk)
    opening = now(topic)
    assert (opening.kind, opening.root_id, opening.number) == ("reply", into.pk, 2)
    assert [now(reply).number for reply in replies] == [3, 4]
    assert {now(reply).parent_id for reply in replies} == {topic.pk}
    assert response.url.endswith("#reply-2")
    assert numbers_are_right()
    assert not Topic.objects.filter(pk=topic.pk).exists()
    assert client_for("visitor").get(f"/groups/{into.space.slug}/topics/{topic.pk}/").url == response.url
    assert "Archives" in page(client_for("visitor").get(into.get_absolute_url()))
    assert AuditEntry.objects.filter(verb="merge_topics").exists()
    assert Notification.objects.filter(kind="moved", recipient=topic.author).exists()


def test_topics_of_different_groups_are_not_made_one(topic, facilitator):
    other = TopicFactory()
    enter_space(other.space, facilitator, role="facilitator")
    with pytest.raises(Refused, match="one group"):
        actions.merge_topics(topic, actor=facilitator, into=other)


def test_some_replies_become_a_topic(client_for, topic, page):
    replies = [ReplyFactory(root=topic) for _ in range(4)]
    answer = ReplyFactory(root=topic, parent=replies[3])
    reader = MemberFactory()
    ReadingPosition.objects.create(member=reader, root=topic.contribution_ptr, number=5)
    response = post(client_for("facilitator"), topic, "split", title="Scanners", numbers=[2, 4, 5])
    new = Topic.objects.get(title="Scanners")
    assert response.url == new.get_absolute_url()
    assert (new.pk, new.number, new.root_id, new.type) == (replies[1].pk, None, None, "discussion")
    assert [now(each).number for each in (replies[3], answer)] == [1, 2]
    assert now(answer).parent_id == replies[3].pk
    assert [now(replies[number]).number for number in (0, 2)] == [1, 3]
    assert ThreadState.objects.get(root=topic.pk).last_number == 3
    positions = dict(ReadingPosition.objects.filter(member=reader).values_list("root", "number"))
    assert positions == {topic.pk: 3, new.pk: 2}
    assert numbers_are_right()
    assert "Scanners" in page(client_for("visitor").get(new.get_absolute_url()))


def test_splitting_undoes_a_merge(topic, facilitator):
    ReplyFactory(root=topic)
    into = TopicFactory(space=topic.space)
    actions.merge_topics(topic, actor=facilitator, into=into)
    new = actions.split_topic(into, actor=facilitator, numbers=[1, 2], title="Archives")
    assert (new.pk, ThreadState.objects.get(root=new.pk).reply_count) == (topic.pk, 1)
    assert numbers_are_right()


@pytest.mark.parametrize("data", [{"title": "", "numbers": [1]}, {"title": "Scanners", "numbers": [99]}])
def test_a_split_that_makes_no_sense_is_refused_and_keeps_what_was_typed(client_for, topic, page, data):
    ReplyFactory(root=topic)
    text = page(post(client_for("facilitator"), topic, "split", **data))
    assert "Please check what you filled in" in text
    assert data["title"] in text
    assert Topic.objects.count() == 1


def test_in_an_archived_group_nothing_is_ordered(client_for, topic, owner):
    actions.archive_group(Group.objects.get(pk=topic.space_id), actor=owner)
    assert post(client_for("owner"), topic, "pin").status_code == 403
