"""Visitors who reported read what was decided, and appeal, by a signed address."""

import re

import pytest
from django.http import Http404

from network.moderation import actions
from network.moderation.models import Appeal
from network.moderation.visitors import visitor_path
from network.notifications.models import OutboxMail
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(reply, report_it):
    return report_it(reply, None, name="Jo Janssens", email="jo@home.example", language="nl")


@pytest.fixture
def dismissal(visit, decide):
    return decide(visit.case, outcome="dismiss", measure="")


def test_the_message_to_a_visitor_leads_to_the_decision_and_an_appeal(dismissal, visit, client):
    text = OutboxMail.objects.filter(to="jo@home.example").last().text
    path = re.search(r"(/decisions/\S+/visitor/\S+)", text).group(1)
    assert path == visitor_path(dismissal, visit)

    page = client.get(path)
    assert page.status_code == 200
    assert client.post(path, {"grounds": ""}).status_code == 200
    assert client.post(path, {"grounds": "Read the last line."}).status_code == 302
    client.post(path, {"grounds": "Read the last line."})
    appeal = Appeal.objects.get()
    assert (appeal.appellant, appeal.report, appeal.appellant_name) == (None, visit, "Jo Janssens")
    assert "Read the last line." in client.get(path).content.decode()


@pytest.mark.parametrize("spoil", ["token", "decision", "member"])
def test_no_other_address_opens_it(dismissal, visit, reply, report_it, decide, client, spoil):
    path = visitor_path(dismissal, visit)
    if spoil == "token":
        path = path[:-2] + ("A/" if path[-2] != "A" else "B/")
    elif spoil == "decision":
        path = path.replace(f"/decisions/{dismissal.pk}/", f"/decisions/{dismissal.pk + 1}/")
    else:
        by_member = report_it(reply, MemberFactory())
        path = visitor_path(decide(by_member.case), by_member)
    assert client.get(path).status_code == 404
    assert client.post(path, {"grounds": "Open up."}).status_code == 404


def test_a_visitors_appeal_is_judged_and_answered_by_mail(
    dismissal, visit, reply, colleague, terms, client_of
):
    appeal = actions.appeal_decision(dismissal, report=visit, grounds="Read the last line.")
    address = f"/admin/moderation/appeals/{appeal.pk}/"
    assert "Jo Janssens" in client_of(colleague).get(address).content.decode()

    actions.judge_appeal(appeal, actor=colleague, outcome="varied", reasons="You are right.", terms=terms())
    reply.refresh_from_db()
    assert reply.moderation == "hidden"
    assert any("You are right." in mail.text for mail in OutboxMail.objects.filter(to="jo@home.example"))


def test_one_appeals_for_ones_own_report_only(dismissal, reply, report_it, decide):
    other = report_it(reply, None, name="An", email="an@home.example", language="fr")
    decide(other.case)
    with pytest.raises(Http404):
        actions.appeal_decision(dismissal, report=other, grounds="Mine.")
