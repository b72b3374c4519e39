"""Members named with @handle: linked, told once, and proposed while one types."""

import pytest

from network.conversation.actions import edit_contribution
from network.conversation.mentions import handles_in, link_mentions
from network.conversation.models import Mention
from network.core.refusals import Refused
from network.notifications.models import Notification
from network.pages.models.settings import NetworkSettings
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


@pytest.fixture
def most(settings):
    """How many a newcomer may name."""
    settings.LIMITS = True
    return NetworkSettings.objects.create(newcomer_mentions=3).newcomer_mentions


def crowd(size):
    return " ".join(f"@{MemberFactory(handle=f'crowd-{number}').handle}" for number in range(size))


def test_more_names_than_the_settings_allow_are_refused_and_nobody_is_told(amina, most):
    topic = TopicFactory()
    names = crowd(most + 1)
    with pytest.raises(Refused, match="more than 3 people"):
        ReplyFactory(root=topic, author=amina, body=f"<p>{names}</p>")
    assert not Mention.objects.exists()
    reply = ReplyFactory(root=topic, author=amina, body=f"<p>{names.rpartition(' ')[0]} @nobody-at-all</p>")
    assert len(handles_in(reply.body)) == most == Mention.objects.count()


def test_a_correction_adds_no_crowd_but_keeps_the_one_that_was_there(amina, most):
    names = crowd(most + 1)
    topic = TopicFactory(author=amina, body="<p>Dear all</p>")
    with pytest.raises(Refused, match="more than 3 people"):
        edit_contribution(topic, actor=amina, body=f"<p>Dear {names}</p>")
    edit_contribution(topic, actor=amina, body=f"<p>Dear {names.rpartition(' ')[0]}</p>")
    NetworkSettings.objects.update(newcomer_mentions=1)
    assert edit_contribution(topic, actor=amina, body=f"<p>Dearest {names.rpartition(' ')[0]}</p>")


def test_words_that_mention_too_many_stay_in_the_form(amina, client_of, most):
    topic = TopicFactory()
    MembershipFactory(space=topic.space, member=amina)
    words = {"body": f"Dear all {crowd(most + 1)}", "language": "en"}
    text = client_of(amina).post(topic.get_absolute_url(), words).content.decode()
    assert "leave some out" in text
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
