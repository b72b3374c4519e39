"""Reporting, following one's reports, reading a decision and appealing, through the pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.moderation import actions
from network.moderation.models import Appeal, Case, PendingReport, Report
from tests.factories import (
    BlogFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    ReplyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

QUERIES_OF_MY_REPORTS = 10


def report_url(contribution):
    return reverse("moderation:report", args=[contribution.pk])


@pytest.fixture
def filled(article):
    return {"articles": [article.pk], "explanation": "He insults us.", "good_faith": "on"}


def test_the_form_shows_what_is_reported_and_the_articles_to_open(reply, reporter, client_of):
    page = client_of(reporter).get(report_url(reply)).content.decode()

    assert "You are all incompetent." in page
    for title in ("Respect", "Discretie", "Privacy"):
        assert title in page
    assert "<details>" in page
    assert 'name="email"' not in page


def test_a_member_reports_and_reads_what_follows(reply, reporter, client_of, filled):
    response = client_of(reporter).post(report_url(reply), filled, follow=True)

    assert response.redirect_chain[-1][0] == reverse("moderation:my_reports")
    page = response.content.decode()
    assert "He insults us." in page
    assert "Which licence?" in page
    assert Report.objects.get().reporter == reporter


def test_nothing_typed_is_lost_when_a_part_is_missing(reply, reporter, client_of, filled, article):
    response = client_of(reporter).post(report_url(reply), filled | {"good_faith": "", "articles": []})

    page = response.content.decode()
    assert response.status_code == 200
    assert "He insults us." in page
    assert "error-summary" in page
    assert not Report.objects.exists()


def test_a_visitor_reports_what_is_public(reply, filled):
    client = Client(headers={"Accept-Language": "en"})
    assert 'name="email"' in client.get(report_url(reply)).content.decode()

    response = client.post(report_url(reply), filled | {"name": "A reader", "email": "reader@post.example"})
    assert "reader@post.example" in response.content.decode()
    assert not Report.objects.exists()
    pending = PendingReport.objects.get()
    client.post(f"/reports/confirm/{pending.key}/")
    assert Report.objects.get().language == "en"


def test_a_program_that_fills_in_the_hidden_field_is_refused(reply, filled):
    visitor = filled | {"name": "A reader", "email": "reader@post.example", "website": "https://spam.example"}
    Client().post(report_url(reply), visitor)

    assert not Report.objects.exists()


def test_what_one_cannot_read_cannot_be_reported(charter, reporter, client_of, filled):
    hidden = ReplyFactory(root=TopicFactory(space=GroupFactory(visibility="hidden")), body="<p>Secret.</p>")

    for client in (Client(), client_of(reporter), client_of(MemberFactory(superuser=True))):
        assert client.get(report_url(hidden)).status_code == 404
        assert client.post(report_url(hidden), filled).status_code == 404


def test_ones_own_words_are_not_reported(reply, client_of):
    assert client_of(reply.author).get(report_url(reply)).status_code == 403


def test_members_and_spaces_are_reported_too(reporter, client_of, filled):
    other = MemberFactory()
    group = GroupFactory(owner=MemberFactory())
    client = client_of(reporter)

    assert client.get(reverse("moderation:report_member", args=[other.handle])).status_code == 200
    client.post(reverse("moderation:report_member", args=[other.handle]), filled)
    assert client.get(reverse("moderation:report_space", args=[group.pk])).status_code == 200
    client.post(reverse("moderation:report_space", args=[group.pk]), filled)
    assert {case.target.pk for case in Case.objects.all()} == {other.pk, group.pk}


def test_ones_reports_cost_the_same_whatever_their_number(
    topic, reporter, client_of, report_it, decide, django_assert_num_queries
):
    client = client_of(reporter)
    url = reverse("moderation:my_reports")
    for number in range(2):
        decide(report_it(ReplyFactory(root=topic), reporter).case, measure="label", label=f"Note {number}.")
    client.get(url)
    with django_assert_num_queries(QUERIES_OF_MY_REPORTS):
        client.get(url)
    for _ in range(18):
        report_it(ReplyFactory(root=topic), reporter)
    with django_assert_num_queries(QUERIES_OF_MY_REPORTS):
        assert client.get(url).content.decode().count("<article") == 20


def test_the_author_reads_the_whole_decision(case, reply, decide, terms, client_of):
    decision = decide(case)

    page = client_of(reply.author).get(decision.get_absolute_url()).content.decode()
    for part in (terms()["facts"], terms()["explanation"], decision.redress[:40], "You are all incompetent."):
        assert part in page
    assert reverse("moderation:appeal", args=[decision.pk]) in page
    assert 'lang="fr"' in page
    assert "Amina Alaoui" not in page


def test_the_reporter_reads_what_became_of_the_text_and_no_more(case, reporter, decide, terms, client_of):
    sanction = {"kind": "reminder", "ends_at": None, "urgency": ""}
    decision = decide(case, sanction=sanction)

    page = client_of(reporter).get(decision.get_absolute_url()).content.decode()
    assert "Respect" in page
    assert terms()["facts"] not in page
    assert "reminded" not in page


def test_a_reporter_who_left_a_closed_group_reads_the_outcome_but_no_words_of_it(
    charter, report_it, decide, client_of
):
    group = GroupFactory(visibility="hidden")
    witness = MemberFactory()
    reply = ReplyFactory(root=TopicFactory(space=group, author=witness), body="<p>Planted secret.</p>")
    decision = decide(report_it(reply, witness).case)
    address = decision.get_absolute_url()
    assert "Planted secret." in client_of(witness).get(address).content.decode()

    witness.memberships.all().delete()
    response = client_of(witness).get(address)
    assert response.status_code == 200
    assert "Planted secret." not in response.content.decode()


def test_a_reporter_who_left_the_group_that_a_post_was_for_reads_no_words_of_it(
    charter, report_it, decide, client_of
):
    group = GroupFactory(visibility="private")
    blog = BlogFactory()
    MembershipFactory(space=group, member=blog.owner)
    post = PostFactory(space=blog, audience="group", audience_space=group, body="<p>Planted secret.</p>")
    witness = MembershipFactory(space=group).member
    address = decide(report_it(post, witness).case).get_absolute_url()
    assert "Planted secret." in client_of(witness).get(address).content.decode()

    witness.memberships.all().delete()
    assert "Planted secret." not in client_of(witness).get(address).content.decode()


def test_for_others_a_decision_is_not_there(case, decide, client_of):
    decision = decide(case)

    for member in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["administrator"])):
        assert client_of(member).get(decision.get_absolute_url()).status_code == 404
        assert client_of(member).post(f"{decision.get_absolute_url()}appeal/", {}).status_code == 404
    assert Client().get(decision.get_absolute_url()).status_code == 302


def test_an_appeal_is_sent_and_its_state_read(case, reply, decide, client_of):
    decision = decide(case)
    client = client_of(reply.author)
    url = reverse("moderation:appeal", args=[decision.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"grounds": ""}).status_code == 200

    page = client.post(url, {"grounds": "It was irony."}, follow=True).content.decode()
    assert "It was irony." in page
    assert Appeal.objects.get().appellant == reply.author
    assert client.get(url).status_code == 302


def test_a_suspended_member_reads_the_decision_and_appeals(case, reply, decide, client_of):
    sanction = {"kind": "suspended", "ends_at": timezone.now() + timedelta(days=7), "urgency": "He goes on."}
    decision = decide(case, sanction=sanction)
    reply.author.refresh_from_db()
    client = client_of(reply.author)

    assert client.get(decision.get_absolute_url()).status_code == 200
    response = client.post(reverse("moderation:appeal", args=[decision.pk]), {"grounds": "It was irony."})
    assert response.status_code == 302
    assert Appeal.objects.exists()


def test_the_hidden_reply_disappears_from_the_pages(case, reply, reporter, decide, client_of):
    client = client_of(reporter)
    url = reply.root.get_absolute_url()
    assert "You are all incompetent." in client.get(url).content.decode()
    decide(case)

    assert "You are all incompetent." not in client.get(url).content.decode()
    assert client.get(reverse("conversation:contribution", args=[reply.pk])).status_code == 404
    search = client.get(reverse("discovery:search"), {"q": "incompetent"})
    assert "You are all" not in search.content.decode()


def test_an_appellant_reads_the_judgment(case, reply, decide, colleague, client_of):
    decision = decide(case)
    appeal = actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    actions.judge_appeal(appeal, actor=colleague, outcome="overturned", reasons="Irony it was.")

    page = client_of(reply.author).get(decision.get_absolute_url()).content.decode()
    assert "Irony it was." in page
