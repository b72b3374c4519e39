"""A visitor's report is nobody's until the address it came with is shown to be theirs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from network.core.schedule import jobs
from network.moderation.actions import forget_pending_reports
from network.moderation.models import Case, PendingReport, Report
from network.notifications.models import OutboxMail
from tests.factories import BlogFactory, ReplyFactory

pytestmark = pytest.mark.django_db
VISITOR = {"name": "A reader", "email": "reader@post.example"}


@pytest.fixture
def visitor():
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def words(article):
    return {"articles": article.pk, "explanation": "He insults us.", "good_faith": "on"} | VISITOR


@pytest.fixture
def link(visitor, reply, words):
    """The path in the message that a report of a reply sends."""
    visitor.post(f"/contributions/{reply.pk}/report/", words)
    return path_in(OutboxMail.objects.get(to=VISITOR["email"]))


def path_in(mail):
    return re.search(r"/reports/confirm/\S+/", mail.text)[0]


def test_nobody_sees_it_before_it_is_confirmed(link, client_of, moderator):
    assert not Report.objects.exists()
    assert not Case.objects.exists()
    assert "A reader" not in client_of(moderator).get("/admin/moderation/cases/").content.decode()


def test_opening_the_link_confirms_nothing_and_saying_so_does(link, visitor):
    page = visitor.get(link).content.decode()
    assert "He insults us." in page
    assert not Report.objects.exists()
    assert "Your report has arrived" in visitor.post(link).content.decode()
    report = Report.objects.get()
    assert (report.name, report.email, report.weight) == ("A reader", "reader@post.example", 0)
    assert [article.code for article in report.articles.all()] == ["respect"]


def test_the_link_works_once_and_keeps_nothing(link, visitor):
    visitor.post(link)
    assert "used already" in visitor.post(link).content.decode()
    assert Report.objects.count() == 1
    pending = PendingReport.objects.get()
    assert (pending.name, pending.email, pending.words) == ("", "", {})
    assert "He insults us." not in visitor.get(link).content.decode()


def test_it_works_for_three_days(link, visitor):
    PendingReport.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    assert "too old" in visitor.post(link).content.decode()
    assert not Report.objects.exists()
    assert forget_pending_reports() == 1
    assert visitor.get(link).status_code == 404


def test_what_is_fresh_is_kept(link):
    assert forget_pending_reports() == 0
    assert "network.moderation.tasks.forget_pending_reports" in {job.name for job in jobs()}


def test_the_same_report_sent_twice_sends_one_message(link, visitor, reply, words):
    answer = visitor.post(f"/contributions/{reply.pk}/report/", words | {"email": "READER@post.example"})
    assert "One step is left" in answer.content.decode()
    assert OutboxMail.objects.filter(to__iexact=VISITOR["email"]).count() == 1


def test_an_address_gets_few_messages_a_day(visitor, topic, words):
    replies = [ReplyFactory(root=topic) for _number in range(6)]
    answers = [visitor.post(f"/contributions/{reply.pk}/report/", words) for reply in replies]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "He insults us." in answers[-1].content.decode()


def test_a_blog_is_reported_by_a_visitor_too(visitor, charter, words):
    blog = BlogFactory()
    visitor.post(f"/spaces/{blog.pk}/report/", words)
    visitor.post(path_in(OutboxMail.objects.get(to=VISITOR["email"])))
    assert Report.objects.get().case.space_id == blog.pk


def test_what_is_closed_meanwhile_is_not_reported(link, visitor, topic):
    topic.space.visibility = "private"
    topic.space.save()
    assert visitor.post(link).status_code == 404
    assert not Report.objects.exists()


def test_a_made_up_link_leads_nowhere(visitor, charter):
    assert visitor.get("/reports/confirm/00000000-0000-4000-8000-000000000000/").status_code == 404
