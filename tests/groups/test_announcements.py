"""Announcements: who makes them, how they look, who has read them, and that each member is told once."""

import pytest

from groups.actions import start_topic
from groups.models import Acknowledgement, Topic
from network.conversation.actions import release_contribution
from network.conversation.models import Contribution
from network.notifications.models import Notification, OutboxMail
from tests.factories import GroupFactory, InstitutionFactory, MemberFactory, MembershipFactory, TopicFactory

WORDS = {
    "title": "New rules for telework",
    "type": "announcement",
    "body": "From Monday on.",
    "language": "en",
}


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.RELEASE_DELAY = 0


@pytest.fixture
def announcement(make_group, facilitator):
    return TopicFactory(
        space=make_group(), author=facilitator, type="announcement", pinned=True, asks_acknowledgement=True
    )


def test_an_announcement_is_pinned_and_stands_out(client_for, make_group, page):
    group = make_group()
    sent = WORDS | {"asks_acknowledgement": "on", "valid_until": "2020-01-31"}
    text = page(client_for("facilitator").post(f"/groups/{group.slug}/topics/new/", sent, follow=True))
    topic = Topic.objects.get()
    assert (topic.pinned, topic.asks_acknowledgement) == (True, True)
    assert "Announcement of those who keep order in this group" in text
    assert "Valid until" in text
    assert "it no longer holds" in text


def test_a_spokesperson_announces_for_the_institution_alone(client_for, make_group, member, page):
    group = make_group()
    institution = InstitutionFactory(name_en="City of Testing", spokespeople=[member])
    client = client_for("member")
    refused = page(client.post(f"/groups/{group.slug}/topics/new/", WORDS | {"capacity": "personal"}))
    assert "You announce on behalf of your institution" in refused
    assert not Topic.objects.exists()
    sent = WORDS | {"capacity": str(institution.pk)}
    text = page(client.post(f"/groups/{group.slug}/topics/new/", sent, follow=True))
    assert "Official announcement of City of Testing" in text


def test_a_day_that_makes_no_sense_is_refused_and_nothing_is_lost(client_for, make_group, page):
    group = make_group()
    sent = WORDS | {"valid_until": "soon"}
    text = page(client_for("owner").post(f"/groups/{group.slug}/topics/new/", sent))
    assert "look like a date" in text
    assert "From Monday on." in text


def test_readers_confirm_once_and_who_announced_sees_who_did(client_for, announcement, member, page):
    address = announcement.get_absolute_url()
    client = client_for("member")
    assert "I have read this" in page(client.get(address))
    for _ in range(2):
        client.post(f"{address}acknowledge/")
    assert Acknowledgement.objects.get().member == member
    assert "You have confirmed" in page(client.get(address))
    for who in ("facilitator", "owner"):
        assert member.name in page(client_for(who).get(f"{address}acknowledgements/"))
    assert client.get(f"{address}acknowledgements/").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("pending", 403), ("visitor", 302)])
def test_others_confirm_nothing(client_for, announcement, page, who, status):
    address = announcement.get_absolute_url()
    assert "I have read this" not in page(client_for(who).get(address))
    assert client_for(who).post(f"{address}acknowledge/").status_code == status
    assert client_for(who).get(f"{address}acknowledgements/").status_code == status
    assert not Acknowledgement.objects.exists()


def test_what_asks_for_no_confirmation_gets_none(client_for, make_group, owner):
    topic = TopicFactory(space=make_group(), author=owner)
    assert client_for("member").post(f"{topic.get_absolute_url()}acknowledge/").status_code == 403
    assert client_for("owner").get(f"{topic.get_absolute_url()}acknowledgements/").status_code == 403


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_of_readers_costs_the_same(client_for, announcement, django_assert_num_queries, rows):
    for _ in range(rows):
        Acknowledgement.objects.create(topic=announcement, member=MemberFactory())
    client = client_for("facilitator")
    client.get("/health/")
    with django_assert_num_queries(10):
        response = client.get(f"{announcement.get_absolute_url()}acknowledgements/")
    assert len(response.context["piece"]) == rows


@pytest.mark.parametrize(
    ("level", "told"), [("everything", 1), ("mentions", 1), ("digest", 1), ("nothing", 0)]
)
def test_members_are_told_once_whatever_else_they_asked_for(make_group, member, facilitator, level, told):
    group = make_group()
    member.memberships.update(level=level)
    start_topic(
        Topic(space=group, title="News", body="<p>Words.</p>", language="en", type="announcement"),
        actor=facilitator,
    )
    assert Notification.objects.filter(recipient=member).count() == told
    assert not Notification.objects.filter(recipient=facilitator).exists()


def test_a_worker_killed_while_it_tells_many_tells_nobody_twice(monkeypatch):
    group = GroupFactory()
    for _ in range(30):
        MembershipFactory(space=group)
    author = MembershipFactory(space=group, role="facilitator").member
    topic = TopicFactory(space=group, author=author, type="announcement", draft=True)
    Contribution.objects.filter(pk=topic.pk).update(published_at="2020-01-01T00:00Z")
    contribution = Contribution.objects.get(pk=topic.pk)
    create = OutboxMail.objects.bulk_create

    def killed(*args, **kwargs):
        create(*args, **kwargs)
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(OutboxMail.objects, "bulk_create", killed)
        release_contribution(contribution)
    assert not Notification.objects.exists()
    assert not OutboxMail.objects.exists()
    for _ in range(2):
        release_contribution(Contribution.objects.get(pk=topic.pk))
    assert Notification.objects.filter(kind="announcement").count() == 30
    assert OutboxMail.objects.count() == 30
