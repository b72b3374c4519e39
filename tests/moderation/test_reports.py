"""Who may report what, and what a report leaves behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, Report
from network.moderation.permissions import can_report_contribution, can_report_member, can_report_space
from network.notifications.models import Notification, OutboxMail
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_report_opens_a_case_and_keeps_the_words_as_they_were(reply, reporter, report_it, article):
    report = report_it(reply, reporter)

    case = report.case
    assert case.contribution_id == reply.pk
    assert case.concerned == reply.author
    assert case.state == Case.State.RECEIVED
    assert case.gravity == article.gravity
    assert case.due_at - timezone.now() > timedelta(days=6, hours=23)
    assert report.snapshot["body"] == "<p>You are all incompetent.</p>"
    assert report.snapshot["author"] == "Luc Lambert"
    assert list(report.articles.all()) == [article]
    assert [event.verb for event in case.events.all()] == ["reported"]


def test_the_reporter_gets_a_receipt_on_the_site_and_by_mail(reply, reporter, report_it):
    report_it(reply, reporter)

    assert Notification.objects.get(recipient=reporter).kind == "report_received"
    mail = OutboxMail.objects.get(to=reporter.email)
    assert mail.language == "nl"
    assert "He insults us." in mail.text


def test_the_same_report_twice_is_one(reply, reporter, report_it):
    assert report_it(reply, reporter) == report_it(reply, reporter)
    assert Case.objects.get().report_count == 1


def test_a_second_reporter_joins_the_open_case(case, reply, report_it, charter):
    grave = charter.articles.get(code="privacy")
    report = report_it(reply, MemberFactory(), articles=[grave], illegality=True)

    assert report.case == case
    case.refresh_from_db()
    assert (case.report_count, case.gravity, case.illegality) == (2, grave.gravity, True)


def test_a_new_report_after_the_decision_opens_a_new_case(case, reply, report_it, decide):
    decide(case, outcome="dismiss", measure="")

    assert report_it(reply, MemberFactory()).case != case


def test_a_report_without_article_or_law_is_refused(reply, reporter, report_it):
    with pytest.raises(Refused):
        report_it(reply, reporter, articles=[])


def test_a_report_that_is_not_in_good_faith_is_refused(reply, reporter, report_it):
    with pytest.raises(Refused):
        report_it(reply, reporter, good_faith=False)


def test_nobody_reports_their_own_words(reply, report_it):
    assert not can_report_contribution(reply.author, reply)
    with pytest.raises(PermissionDenied):
        report_it(reply, reply.author)


def test_what_one_cannot_read_does_not_exist_for_a_report(charter, report_it):
    hidden = ReplyFactory(root=TopicFactory(space=GroupFactory(visibility="hidden")))
    outsider = MemberFactory()

    assert can_report_contribution(outsider, hidden).hidden
    with pytest.raises(Http404):
        report_it(hidden, outsider)


def test_a_visitor_reports_what_is_public_with_name_and_address(reply, report_it):
    visitor = {"name": "A reader", "email": "reader@post.example", "language": "fr"}
    report = report_it(reply, None, **visitor)

    assert (report.reporter, report.name, report.email) == (None, "A reader", "reader@post.example")
    receipt = OutboxMail.objects.get(to="reader@post.example")
    assert receipt.language == "fr"
    assert report.explanation not in receipt.text + receipt.html
    assert report_it(reply, None, **visitor | {"email": "READER@post.example"}) == report


def test_a_visitor_cannot_report_what_the_network_alone_reads(charter, report_it):
    inside = TopicFactory(space=GroupFactory(visibility="network"))

    with pytest.raises(Http404):
        report_it(inside, None, name="A reader", email="reader@post.example", language="fr")


def test_one_address_sends_a_few_reports_a_day(topic, report_it):
    visitor = {"name": "A reader", "email": "reader@post.example", "language": "fr"}
    for _ in range(5):
        report_it(ReplyFactory(root=topic), None, **visitor)

    with pytest.raises(Refused):
        report_it(ReplyFactory(root=topic), None, **visitor)


def test_a_moderator_who_reports_gives_the_case_back(case, reply, moderator, report_it):
    actions.take_case(case, actor=moderator)
    report_it(reply, moderator)

    case.refresh_from_db()
    assert (case.moderator, case.state) == (None, Case.State.RECEIVED)


def test_verified_members_report_a_member(reporter, article):
    other = MemberFactory(name="False Profile", bio="I am the minister.")
    words = {"articles": [article], "explanation": "This isn't their name.", "good_faith": True}

    report = actions.report_member(other, actor=reporter, **words)

    assert report.case.member == report.case.concerned == other
    assert "I am the minister." in report.snapshot["text"]
    assert can_report_member(MemberFactory(pending=True), other).hidden
    assert not can_report_member(other, other)


def test_a_space_is_reported_against_its_owner(reporter, article):
    owner = MemberFactory()
    group = GroupFactory(owner=owner, title="Bargains")
    words = {"articles": [article], "explanation": "A shop.", "good_faith": True}

    report = actions.report_space(group, actor=reporter, **words)

    assert report.case.concerned == owner
    assert report.snapshot["title"] == "Bargains"
    assert not can_report_space(owner, group)
    assert can_report_space(reporter, GroupFactory(visibility="hidden", owner=owner)).hidden


def test_members_see_their_own_reports_alone(case, reporter):
    assert Report.objects.visible_to(reporter).count() == 1
    assert not Report.objects.visible_to(MemberFactory()).exists()
