"""Members named with @handle: linked, told once, and proposed while one types."""

import pytest

from network.conversation.actions import edit_contribution, post_contribution
from network.conversation.mentions import MOST, handles_in, link_mentions
from network.conversation.models import Contribution, Mention
from network.core.refusals import Refused
from network.notifications.models import Notification
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody_accepted_the_charter(charter):
    return charter


@pytest.fixture
def amina():
    return MemberFactory(name="Amina Benali", handle="amina-benali")


def told(member):
    return Notification.objects.filter(recipient=member, kind="mention").count()


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("<p>Thanks, @amina-benali!</p>", True),
        ("<p>@Amina-Benali: look</p>", True),
        ("<p>mail x@amina-benali.be</p>", False),
        ("<p><code>@amina-benali</code></p>", False),
        ('<p><a href="https://x.example/">@amina-benali</a></p>', False),
        ("<p>@amina-benali2 @nobody</p>", False),
    ],
)
def test_a_handle_leads_to_its_member_and_nothing_else_does(amina, words, linked):
    once = link_mentions(words)
    assert ('<a href="/members/amina-benali/">@amina-benali</a>' in once) == linked
    assert link_mentions(once) == once


def test_who_is_named_is_told_once_and_the_name_is_a_link(amina, client_of):
    topic = TopicFactory(body="<p>@amina-benali, and again @amina-benali.</p>")
    reply = ReplyFactory(root=topic, body="<p>@amina-benali knows.</p>")
    assert told(amina) == 1
    assert Notification.objects.get(recipient=amina).latest_id == reply.pk
    text = client_of(amina).get(topic.get_absolute_url()).content.decode()
    assert text.count('href="/members/amina-benali/"') >= 3
    assert "mentioned you in" in client_of(amina).get("/notifications/").content.decode()


def test_an_answer_that_names_whom_it_answers_is_one_message(amina):
    topic = TopicFactory(author=amina)
    ReplyFactory(root=topic, body="<p>@amina-benali: yes.</p>")
    assert Notification.objects.filter(recipient=amina).count() == 1


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_outside_a_closed_group_nobody_is_told(amina, visibility):
    group = GroupFactory(visibility=visibility)
    TopicFactory(space=group, body="<p>@amina-benali</p>")
    assert told(amina) == 0


def test_a_correction_tells_only_those_whom_it_adds(amina):
    other = MemberFactory(handle="pieter")
    topic = TopicFactory(body="<p>@amina-benali</p>")
    Notification.objects.all().delete()
    edit_contribution(topic, actor=topic.author, body="<p>@amina-benali and @pieter</p>")
    edit_contribution(topic, actor=topic.author, body="<p>@pieter and @amina-benali</p>")
    assert (told(amina), told(other)) == (0, 1)


def test_two_hundred_names_are_refused_in_words(amina):
    topic = TopicFactory()
    MembershipFactory(space=topic.space, member=amina)
    handles = [MemberFactory(handle=f"crowd-{number}", institution=None).handle for number in range(MOST + 1)]
    words = "".join(f"<p>@{handle}</p>" for handle in handles)
    reply = Contribution(space=topic.space, root=topic.contribution_ptr, language="en", body=words)
    with pytest.raises(Refused, match="21 members: 20 at most"):
        post_contribution(reply, actor=amina)
    assert not Mention.objects.exists()
    client_text = ReplyFactory(root=topic, body="".join(f"<p>@{handle}</p>" for handle in handles[:MOST]))
    assert len(handles_in(client_text.body)) == MOST
    assert Mention.objects.count() == MOST


def test_words_that_mention_too_many_stay_in_the_form(amina, client_of):
    topic = TopicFactory()
    MembershipFactory(space=topic.space, member=amina)
    words = " ".join(f"@{MemberFactory(institution=None).handle}" for _ in range(MOST + 1))
    response = client_of(amina).post(
        topic.get_absolute_url(), {"body": f"Dear all {words}", "language": "en"}
    )
    text = response.content.decode()
    assert "so that each feels addressed" in text
    assert "Dear all" in text


def proposed(client, space, text):
    response = client.get("/contributions/mentions/", {"space": space.pk, "q": text})
    return (
        {member["handle"] for member in response.json()["members"]} if response.status_code == 200 else None
    )


def test_names_and_handles_are_proposed(amina, client_of):
    client = client_of(MemberFactory())
    group = GroupFactory()
    assert proposed(client, group, "@amina-b") == {"amina-benali"}
    assert proposed(client, group, "benali") == {"amina-benali"}
    assert proposed(client, group, "zzz") == set()
    assert proposed(client, group, "") == set()


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_in_a_closed_group_its_members_are_proposed_to_each_other(amina, client_of, visibility):
    group = GroupFactory(visibility=visibility)
    inside = MembershipFactory(
        space=group, member=MemberFactory(name="Benali Inside", handle="inside")
    ).member
    reader = MembershipFactory(space=group).member
    assert proposed(client_of(reader), group, "benali") == {inside.handle}
    assert proposed(client_of(amina), group, "benali") is None


def test_who_is_not_verified_yet_is_proposed_nobody(amina, client_of):
    assert proposed(client_of(MemberFactory(pending=True)), GroupFactory(), "benali") == set()
