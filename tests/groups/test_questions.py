"""Questions: the reply that answers one, those that nothing answers yet, and the reminder after a week."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups import actions
from groups.models import Topic
from groups.tasks import nudge_askers
from network.conversation.actions import hide_contribution
from network.conversation.models import Contribution
from network.notifications.models import Notification
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory


@pytest.fixture
def question(make_group, member):
    return TopicFactory(space=make_group(), author=member, type="question", title="Which licence?")


def accept(client, reply):
    return client.post(f"{reply.root.get_absolute_url()}accept/{reply.number}/")


def answer_of(topic):
    return Topic.objects.get(pk=topic.pk).accepted_reply_id


@pytest.mark.parametrize("who", ["member", "facilitator", "owner"])
def test_who_asked_and_who_keeps_order_say_what_answers_the_question(client_for, question, who, page):
    ReplyFactory(root=question, body="<p>Ask the archivist.</p>")
    reply = ReplyFactory(root=question, body="<p>The EUPL.</p>")
    client = client_for(who)
    assert "This answers the question" in page(client.get(question.get_absolute_url()))
    assert accept(client, reply).status_code == 302
    text = page(client.get(question.get_absolute_url()))
    assert text.index("Accepted answer") < text.index("The EUPL.") < text.index("Ask the archivist.")
    assert f'href="?from={reply.number}#reply-{reply.number}"' in text
    assert Notification.objects.filter(recipient=reply.author, kind="accepted").count() == 1


def test_pressing_again_takes_the_answer_back(client_for, question):
    reply = ReplyFactory(root=question)
    client = client_for("member")
    accept(client, reply)
    accept(client, reply)
    assert answer_of(question) is None


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("stranger", 403), ("pending", 403), ("other", 403)]
)
def test_others_do_not(client_for, client_of, question, page, who, status):
    reply = ReplyFactory(root=question)
    client = client_of(reply.author) if who == "other" else client_for(who)
    assert "This answers the question" not in page(client.get(question.get_absolute_url()))
    assert accept(client, reply).status_code == status
    assert answer_of(question) is None


def test_a_discussion_has_no_answer(client_for, make_group, member):
    reply = ReplyFactory(root=TopicFactory(space=make_group(), author=member))
    assert accept(client_for("member"), reply).status_code == 403


def test_an_answer_that_was_hidden_is_not_shown(client_for, question, page):
    reply = ReplyFactory(root=question, body="<p>Quagga.</p>")
    accept(client_for("member"), reply)
    hide_contribution(reply, actor=None)
    assert "Quagga" not in page(client_for("stranger").get(question.get_absolute_url()))
    assert accept(client_for("member"), reply).status_code == 404


def test_unanswered_questions_are_a_list_of_the_group_and_of_the_network(client_for, question, page):
    elsewhere = TopicFactory(type="question", title="Who archives mail?")
    answered = TopicFactory(space=question.space, type="question", title="What time is it?")
    actions.accept_reply(ReplyFactory(root=answered), actor=answered.author)
    TopicFactory(space=question.space, title="Just a discussion")
    here = page(client_for("stranger").get(f"/groups/{question.space.slug}/questions/"))
    everywhere = page(client_for("stranger").get("/groups/questions/"))
    for text in (here, everywhere):
        assert question.title in text
        assert answered.title not in text
        assert "Just a discussion" not in text
    assert elsewhere.title not in here
    assert elsewhere.title in everywhere


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_questions_of_closed_groups_are_for_their_members(client_for, make_group, owner, page, visibility):
    group = make_group(visibility=visibility)
    TopicFactory(space=group, author=owner, type="question", title="A secret question")
    address = f"/groups/{group.slug}/questions/"
    assert "A secret question" in page(client_for("member").get(address))
    assert "A secret question" in page(client_for("member").get("/groups/questions/"))
    for who in ("visitor", "stranger"):
        assert client_for(who).get(address).status_code in (403, 404)
        assert "A secret question" not in page(client_for(who).get("/groups/questions/"))


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_costs_the_same_whatever_it_holds(client_of, stranger, django_assert_num_queries, rows):
    for _ in range(rows):
        TopicFactory(space=GroupFactory(), type="question", tags=["licences"])
    client = client_of(stranger)
    client.get("/health/")
    with django_assert_num_queries(8):
        assert len(client.get("/groups/questions/").context["piece"]) == rows


def asked(topic, days):
    Contribution.objects.filter(pk=topic.pk).update(released_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "told"), [(6, 0), (8, 1), (60, 0)])
def test_who_asked_is_reminded_once_after_a_week(question, days, told):
    asked(question, days)
    nudge_askers()
    nudge_askers()
    assert Notification.objects.filter(recipient=question.author, kind="unanswered").count() == told
    Notification.objects.all().delete()
    nudge_askers()
    assert not Notification.objects.exists()


def test_nobody_is_reminded_of_a_question_that_is_answered(question):
    actions.accept_reply(ReplyFactory(root=question), actor=question.author)
    asked(question, 8)
    nudge_askers()
    assert not Notification.objects.filter(kind="unanswered").exists()


def test_the_reminder_says_why_it_came(question, client_of, page):
    asked(question, 8)
    nudge_askers()
    assert "Does a reply answer your question “Which licence?”?" in page(
        client_of(question.author).get("/notifications/")
    )


def test_a_group_cannot_take_the_address_of_the_list(owner):
    MemberFactory()
    group = actions.create_group(actor=owner, title="Questions", languages=["en"])
    assert group.slug != "questions"
