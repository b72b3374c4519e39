"""What members are told on the site, and what they choose."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from network.notifications import actions, kinds
from network.notifications.models import Notification, NotificationPreference
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


def test_several_replies_to_one_topic_are_one_line(amina, client_of):
    topic = TopicFactory(author=amina, title="Archives")
    for name in ("Pieter", "Sofie", "Luc"):
        ReplyFactory(root=topic, author=MemberFactory(name=name))
    response = client_of(amina).get("/notifications/")
    assertContains(response, "Luc and 2 others replied to “Archives”", count=1)


def test_somebody_who_replies_twice_counts_once(amina, client_of):
    topic = TopicFactory(author=amina, title="Archives")
    pieter, sofie = MemberFactory(name="Pieter"), MemberFactory(name="Sofie")
    for author in (pieter, sofie, pieter):
        ReplyFactory(root=topic, author=author)
    assertContains(client_of(amina).get("/notifications/"), "Pieter and 1 other replied")


def test_what_was_read_begins_anew_with_the_next_reply(amina, client_of):
    topic = TopicFactory(author=amina, title="Archives")
    ReplyFactory(root=topic, author=MemberFactory(name="Pieter"))
    client = client_of(amina)
    client.post("/notifications/read/")
    assertNotContains(client.get("/notifications/"), "Unread:")
    ReplyFactory(root=topic, author=MemberFactory(name="Sofie"))
    response = client.get("/notifications/")
    assertContains(response, "Unread:")
    assertContains(response, "Sofie replied to “Archives”")


def test_a_line_shows_who_did_it_and_where_and_that_it_is_unread(amina, client_of):
    topic = TopicFactory(
        author=amina, title="Archives", space=GroupFactory(title="Paperwork", members=[amina])
    )
    ReplyFactory(root=topic, author=MemberFactory(name="Pieter Maes"))
    page = client_of(amina).get("/notifications/").content.decode()
    line = page[page.index('<div class="notification') :].partition("</li>")[0]
    for shown in (
        "card--unread",
        ">PM</span>",
        "Pieter Maes replied to “Archives”",
        "<span>Paperwork</span>",
    ):
        assert shown in line
    assert line.count("<a ") == 1


def test_nobody_is_told_of_what_they_did_themselves(amina, client_of):
    ReplyFactory(root=TopicFactory(author=amina), author=amina)
    assertContains(client_of(amina).get("/notifications/"), "Nothing yet")


def test_members_who_are_gone_are_not_told():
    gone = MemberFactory(deactivated=True)
    topic = TopicFactory()
    kind = kinds.get("reply")
    assert actions.notify([gone], kind.code, actor=MemberFactory(), contribution=topic, latest=topic) == []


def test_a_notification_leads_to_its_subject_and_is_read_then(amina, client_of):
    reply = ReplyFactory(root=TopicFactory(author=amina))
    notification = Notification.objects.get()
    response = client_of(amina).get(f"/notifications/{notification.pk}/")
    assert response.status_code == 302
    assert response["Location"].endswith(f"#reply-{reply.number}")
    notification.refresh_from_db()
    assert notification.read_at


def test_anothers_notification_does_not_exist(amina, client_of):
    ReplyFactory(root=TopicFactory(author=amina))
    other = client_of(MemberFactory())
    notification = Notification.objects.get()
    assert other.get(f"/notifications/{notification.pk}/").status_code == 404
    notification.refresh_from_db()
    assert notification.read_at is None


def test_visitors_are_sent_to_log_in(client):
    assertRedirects(
        client.get("/notifications/"), "/accounts/login/?next=/notifications/", fetch_redirect_response=False
    )


def test_what_may_not_be_read_any_more_leaves_the_list_and_the_count(amina, client_of):
    group = GroupFactory(visibility="hidden", members=[amina], title="Crisis cell")
    ReplyFactory(root=TopicFactory(space=group, author=amina, title="Plan B"))
    client = client_of(amina)
    assertContains(client.get("/notifications/"), "Plan B")
    amina.memberships.all().delete()
    response = client.get("/notifications/")
    assertNotContains(response, "Plan B")
    assert response.context["unread_notifications"] == 0


@pytest.mark.parametrize(
    ("level", "told_of_reply", "told_of_topic"),
    [("everything", True, True), ("mentions", True, False), ("nothing", False, False)],
)
def test_the_level_of_a_membership_decides(amina, level, told_of_reply, told_of_topic):
    group = GroupFactory(members=[amina])
    topic = TopicFactory(space=group, author=amina)
    amina.memberships.update(level=level)
    ReplyFactory(root=topic)
    assert Notification.objects.filter(recipient=amina, contribution=topic).exists() == told_of_reply
    other = TopicFactory(space=group)
    assert Notification.objects.filter(recipient=amina, contribution=other).exists() == told_of_topic


def test_with_the_digest_one_is_told_on_the_site_and_not_by_mail(amina):
    topic = TopicFactory(author=amina)
    amina.memberships.update(level="digest")
    ReplyFactory(root=topic)
    actions.send_waiting_mail()
    assert Notification.objects.filter(recipient=amina).exists()
    assert mail.outbox == []


def stop_address(member):
    ReplyFactory(root=TopicFactory(author=member))
    actions.send_waiting_mail()
    address = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
    return address[address.index("/notifications/stop/") :]


def test_one_click_stops_messages_without_session_or_token(amina):
    address = stop_address(amina)
    mail_program = Client(enforce_csrf_checks=True)
    response = mail_program.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    ReplyFactory(root=TopicFactory(author=amina))
    actions.send_waiting_mail()
    assert len(mail.outbox) == 1
    assert Notification.objects.filter(recipient=amina).count() == 2


def test_opening_the_link_asks_first(amina):
    address = stop_address(amina)
    assertContains(Client(headers={"Accept-Language": "en"}).get(address), "Stop these messages?")
    assert not NotificationPreference.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "eyJtZW1iZXIiOjF9:AAAA"])
def test_a_false_link_stops_nothing(client, token):
    assert client.post(f"/notifications/stop/{token}/").status_code == 404


def test_one_chooses_levels_and_messages(amina, client_of):
    group = GroupFactory(members=[amina])
    client = client_of(amina)
    page = client.get("/me/notifications/")
    assertContains(page, group.title)
    response = client.post("/me/notifications/", {"wanted": ["answer"], f"group-{group.pk}": "nothing"})
    assertRedirects(response, "/me/notifications/")
    assert amina.memberships.get().level == "nothing"
    refused = set(NotificationPreference.objects.filter(mail=False).values_list("kind", flat=True))
    assert "reply" in refused
    assert "answer" not in refused


def test_a_level_that_does_not_exist_is_refused_in_words(amina, client_of):
    group = GroupFactory(members=[amina])
    response = client_of(amina).post("/me/notifications/", {f"group-{group.pk}": "loud"})
    assertContains(response, "Please choose among those on offer: loud")


@pytest.mark.parametrize("count", [2, 20])
def test_the_list_costs_the_same_whatever_it_holds(amina, client_of, django_assert_num_queries, count):
    for _number in range(count):
        ReplyFactory(root=TopicFactory(author=amina))
    client = client_of(amina)
    client.get("/notifications/")
    with django_assert_num_queries(7):
        response = client.get("/notifications/")
    assert len(response.context["piece"]) == count


def test_news_of_one_thread_stand_together(amina, client_of):
    topic = TopicFactory(author=amina, title="Archives")
    own = ReplyFactory(root=topic, author=amina)
    ReplyFactory(root=topic)
    ReplyFactory(root=TopicFactory(author=amina))
    ReplyFactory(root=topic, parent=own)
    groups = client_of(amina).get("/notifications/").context["groups"]
    assert [[line.kind for line in lines] for lines in groups] == [["answer", "reply"], ["reply"]]
