"""What a decision does, whom it reaches, and what is refused."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.conversation.models import Contribution
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, Decision
from network.moderation.permissions import can_see_decision
from network.notifications.models import Notification, OutboxMail
from tests.factories import CharterFactory, MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db


def test_a_hidden_reply_is_gone_for_everyone_and_from_the_counters(case, reply, reporter, decide, counters):
    before = counters()
    decide(case)

    for reader in (
        reporter,
        reply.root.author,
        MemberFactory(roles=["moderator"]),
        MemberFactory(superuser=True),
    ):
        assert not Contribution.objects.visible_to(reader).filter(pk=reply.pk).exists()
    assert counters().space == before.space - 1
    assert counters().thread == before.thread - 1


def test_the_author_gets_the_whole_statement_in_their_language(case, reply, decide, terms):
    decision = decide(case)

    assert (decision.language, decision.origin) == ("fr", "report")
    assert not decision.automated_detection
    assert Notification.objects.get(recipient=reply.author, kind="decision").decision == decision
    mail = OutboxMail.objects.get(to=reply.author.email)
    assert mail.language == "fr"
    for part in (terms()["facts"], terms()["explanation"], terms()["scope"], decision.redress, "Respect"):
        assert part in mail.text
        assert part in mail.html
    assert decision.get_absolute_url() in mail.text


def test_the_reporter_gets_the_outcome_in_their_language_without_what_concerns_the_person(
    case, reporter, decide, terms
):
    sanction = {"kind": "restricted", "ends_at": timezone.now() + timedelta(days=9), "urgency": ""}
    decision = decide(case, sanction=sanction)

    assert Notification.objects.get(recipient=reporter, kind="report_decided").decision == decision
    mail = OutboxMail.objects.filter(to=reporter.email).last()
    assert mail.language == "nl"
    assert decision.get_absolute_url() in mail.text
    assert terms()["facts"] not in mail.text
    assert "post until" not in mail.text


def test_a_visitor_who_reported_is_told_too(client, reply, report_it, decide):
    visitor = {"name": "A reader", "email": "reader@post.example", "language": "en"}
    decide(report_it(reply, None, **visitor).case)

    mails = OutboxMail.objects.filter(to="reader@post.example").order_by("pk")
    assert mails.count() == 2
    assert "hidden" in mails.last().text
    path = re.search(r"/decisions/\S+/visitor/\S+", mails.last().text)[0]
    assert client.get(path).status_code == 200
    assert client.get(path[:-2] + "x/").status_code == 404


def test_a_dismissal_tells_the_reporter_why_and_leaves_the_author_in_peace(
    case, reply, reporter, decide, terms
):
    decision = decide(case, outcome="dismiss", measure="")

    reply.refresh_from_db()
    assert reply.moderation == "clear"
    assert terms()["explanation"] in OutboxMail.objects.filter(to=reporter.email).last().text
    assert not OutboxMail.objects.filter(to=reply.author.email).exists()
    assert can_see_decision(reply.author, decision).hidden
    assert not Decision.objects.visible_to(reply.author).exists()


def test_those_concerned_alone_see_a_decision(case, reply, reporter, moderator, decide):
    decision = decide(case)

    for member in (reply.author, reporter, moderator):
        assert can_see_decision(member, decision)
        assert Decision.objects.visible_to(member).get() == decision
    for member in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["administrator"])):
        assert can_see_decision(member, decision).hidden
        assert not Decision.objects.visible_to(member).exists()


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"measure": "label", "label": "This figure is disputed."}, "label", "This figure is disputed."),
        ({"measure": "hide"}, "moderation", "hidden"),
        ({"measure": "remove"}, "moderation", "removed"),
    ],
)
def test_measures_take_effect_at_once(case, reply, decide, changes, field, value):
    decide(case, **changes)

    reply.refresh_from_db()
    assert getattr(reply, field) == value


def test_a_discussion_is_locked_but_not_a_reply(topic, case, reporter, report_it, decide):
    with pytest.raises(Refused):
        decide(case, measure="lock")
    decide(report_it(topic, reporter).case, measure="lock")

    topic.refresh_from_db()
    assert topic.locked


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "dismiss"},
        {"measure": ""},
        {"articles": []},
        {"measure": "label"},
        {"measure": "remove", "ends_at": timezone.now() + timedelta(days=3)},
    ],
)
def test_terms_that_contradict_each_other_are_refused(case, decide, changes):
    with pytest.raises(Refused):
        decide(case, **changes)
    assert not Decision.objects.exists()


def test_a_decision_on_an_older_reading_is_refused(case, reply, moderator, report_it, terms):
    read = case.version
    report_it(reply, MemberFactory())

    with pytest.raises(Refused, match="changed"):
        actions.decide_case(case, actor=moderator, version=read, **terms())


def test_a_case_is_decided_once(case, moderator, colleague, decide, terms):
    version = Case.objects.get(pk=case.pk).version
    decide(case)

    with pytest.raises(Refused, match="in the meantime"):
        actions.decide_case(case, actor=colleague, version=version, **terms())
    assert Decision.objects.count() == 1


def test_a_case_that_a_colleague_has_in_hand_is_theirs(case, colleague, decide):
    actions.take_case(case, actor=colleague)

    with pytest.raises(PermissionDenied):
        decide(case)


def test_words_are_judged_by_the_charter_of_their_time(topic, reporter, decide, article, report_it, charter):
    reply = ReplyFactory(root=topic)
    charter.state, charter.superseded_at = "superseded", timezone.now()
    charter.save()
    newer = CharterFactory(state="published")
    newer.state, newer.in_force_at = "in_force", timezone.now()
    newer.save()

    invoked = newer.articles.get(code="privacy")
    decision = decide(report_it(reply, reporter, articles=[invoked]).case, articles=[article])

    assert decision.charter == charter


def test_a_measure_until_a_date_ends_by_itself(case, reply, decide, counters):
    before = counters()
    decision = decide(case, ends_at=timezone.now() + timedelta(days=3))
    assert actions.end_expired_measures() == 0

    Decision.objects.filter(pk=decision.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert actions.end_expired_measures() == 1
    assert actions.end_expired_measures() == 0
    reply.refresh_from_db()
    assert reply.moderation == "clear"
    assert counters() == before


def test_a_decided_case_closes_when_the_time_for_an_appeal_is_over(case, decide):
    decision = decide(case)
    assert actions.close_cases() == 0

    later = timezone.now() - timedelta(seconds=1)
    Decision.objects.filter(pk=decision.pk).update(decided_at=later - timedelta(days=200), appeal_until=later)
    assert actions.close_cases() == 1
    case.refresh_from_db()
    assert case.state == Case.State.CLOSED
