"""Asking the author before anything is decided."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from network.conversation.actions import edit_contribution
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case
from network.moderation.permissions import can_answer_case, can_ask_author
from network.notifications.models import Notification, OutboxMail
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def admin(name, *args):
    return reverse(f"moderation_cases:{name}", args=args)


@pytest.fixture
def asked(case, moderator):
    return actions.ask_author(case, actor=moderator, question="Whom do you mean by all?")


def test_the_author_is_asked_in_writing_and_the_case_waits(asked, reply):
    assert (asked.state, asked.answer_due_at > timezone.now()) == (Case.State.WAITING, True)
    assert "Whom do you mean by all?" in OutboxMail.objects.get(to=reply.author.email).text
    line = Notification.objects.get(recipient=reply.author, kind="author_asked")
    assert line.target_url == reverse("moderation:answer", args=[reply.pk])


def test_moderators_of_the_case_ask_and_nobody_else(case, moderator, colleague, reporter, reply):
    assert can_ask_author(moderator, case)
    for other in (reporter, reply.author, MemberFactory(), MemberFactory(roles=["administrator"])):
        assert can_ask_author(other, case).hidden
    actions.take_case(case, actor=moderator)
    with pytest.raises(PermissionDenied):
        actions.ask_author(case, actor=colleague, question="Why?")
    with pytest.raises(Refused):
        actions.ask_author(case, actor=moderator, question=" ")


def test_the_author_answers_and_the_case_is_back(asked, reply, moderator, client_of):
    address = reverse("moderation:answer", args=[reply.pk])
    client = client_of(reply.author)
    page = client.get(address).content.decode()
    assert "Whom do you mean by all?" in page
    assert "Amina" not in page
    assert client.post(address, {"answer": ""}).status_code == 200
    assert client.post(address, {"answer": "My own team, in jest."}).status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.answer_due_at) == (Case.State.IN_REVIEW, None)
    assert client.get(address).status_code == 404
    seen = client_of(moderator).get(admin("case", asked.pk)).content.decode()
    assert "My own team, in jest." in seen


def test_the_author_alone_answers(asked, reply, reporter, moderator, client_of):
    address = reverse("moderation:answer", args=[reply.pk])
    for other in (reporter, moderator, MemberFactory(superuser=True)):
        assert client_of(other).get(address).status_code == 404
        assert not can_answer_case(other, asked)
    with pytest.raises(Http404):
        actions.answer_case(asked, actor=reporter, answer="Mine.")


def test_a_correction_brings_the_case_back_with_what_changed(asked, reply, moderator, client_of):
    assert actions.return_cases() == 0
    edit_contribution(reply, actor=reply.author, body="<p>We could all do better.</p>")
    assert actions.return_cases() == 1
    assert actions.return_cases() == 0

    asked.refresh_from_db()
    assert (asked.state, asked.moderator) == (Case.State.IN_REVIEW, moderator)
    assert asked.events.last().verb == "corrected"
    page = client_of(moderator).get(admin("case", asked.pk)).content.decode()
    assert "Changed since the question" in page
    assert "<ins>We could all do better.</ins>" in page
    assert "<del>You are all incompetent.</del>" in page


def test_a_case_comes_back_when_the_time_is_over(asked):
    Case.objects.update(answer_due_at=timezone.now() - timedelta(minutes=1))

    assert actions.return_cases() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.events.last().verb) == (Case.State.IN_REVIEW, "unanswered")


def test_the_author_hears_of_a_dismissal_after_having_been_asked(asked, reply, decide, client_of):
    decision = decide(asked, outcome="dismiss", measure="")

    assert Notification.objects.filter(kind="decision", recipient=reply.author).exists()
    assert client_of(reply.author).get(decision.get_absolute_url()).status_code == 200


def test_pieter_asks_from_the_case_page(case, moderator, client_of):
    client = client_of(moderator)
    assert client.get(admin("ask", case.pk)).status_code == 200
    assert client.post(admin("ask", case.pk), {"question": ""}).status_code == 200
    assert client.post(admin("ask", case.pk), {"question": "Why?"}).status_code == 302
    case.refresh_from_db()
    assert case.state == Case.State.WAITING
