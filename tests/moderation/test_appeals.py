"""Contesting a decision, and the judgment by somebody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.conversation.actions import restore_contribution
from network.conversation.models import Contribution
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Appeal, Case, Decision
from network.moderation.permissions import can_appeal_decision, can_judge_appeal
from network.notifications.models import Notification, OutboxMail
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

URGENT = "He publishes private addresses of colleagues every hour."


@pytest.fixture
def decision(case, decide):
    sanction = {"kind": "suspended", "ends_at": timezone.now() + timedelta(days=7), "urgency": URGENT}
    return decide(case, sanction=sanction)


@pytest.fixture
def appeal(decision, reply):
    return actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")


def judge(appeal, actor, outcome, terms=None):
    return actions.judge_appeal(
        appeal, actor=actor, outcome=outcome, reasons="We read it again.", terms=terms
    )


def test_the_person_concerned_and_the_reporter_appeal_and_nobody_else(decision, reply, reporter, moderator):
    assert can_appeal_decision(reply.author, decision)
    assert can_appeal_decision(reporter, decision)
    assert not can_appeal_decision(moderator, decision)
    assert can_appeal_decision(MemberFactory(), decision).hidden


def test_an_appeal_is_received_on_the_site_and_by_mail(appeal, reply):
    assert Notification.objects.filter(recipient=reply.author, kind="appeal_received").exists()
    with translation.override(reply.author.language):
        assert OutboxMail.objects.filter(to=reply.author.email).last().subject == _("Your appeal has arrived")
    assert Case.objects.get().state == Case.State.APPEALED


def test_one_appeals_once(appeal, decision, reply):
    assert actions.appeal_decision(decision, actor=reply.author, grounds="Again.") == appeal
    assert not can_appeal_decision(reply.author, decision)


def test_one_appeals_within_six_months(decision, reply):
    late = timezone.now() - timedelta(seconds=1)
    Decision.objects.filter(pk=decision.pk).update(decided_at=late - timedelta(days=184), appeal_until=late)
    decision.refresh_from_db()

    with pytest.raises(PermissionDenied):
        actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")


def test_an_appeal_without_grounds_is_refused(decision, reply):
    with pytest.raises(Refused):
        actions.appeal_decision(decision, actor=reply.author, grounds="  ")


def test_whoever_had_a_part_in_the_case_does_not_judge(appeal, moderator, colleague, reply):
    assert can_judge_appeal(colleague, appeal)
    assert not can_judge_appeal(moderator, appeal)
    assert can_judge_appeal(MemberFactory(superuser=True), appeal).hidden
    assert list(Appeal.objects.judgeable_by(colleague)) == [appeal]
    assert not Appeal.objects.judgeable_by(moderator).exists()
    with pytest.raises(PermissionDenied):
        judge(appeal, moderator, "upheld")
    with pytest.raises(Http404):
        judge(appeal, reply.author, "upheld")


def test_who_took_the_case_and_gave_it_back_does_not_judge(case, decide, reply, colleague):
    actions.take_case(case, actor=colleague)
    actions.give_back_case(case, actor=colleague)
    appeal = actions.appeal_decision(decide(case), actor=reply.author, grounds="It was irony.")

    assert not can_judge_appeal(colleague, appeal)


def test_the_database_lets_nobody_judge_their_own_appeal(appeal, reply):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(
            judge=reply.author, judged_at=timezone.now(), outcome="overturned", reasons="I am right."
        )


def test_upheld_changes_nothing(appeal, decision, reply, colleague):
    judge(appeal, colleague, "upheld")

    reply.refresh_from_db()
    assert reply.moderation == "hidden"
    assert Case.objects.get().state == Case.State.DECIDED
    assert Decision.objects.standing().get() == decision
    mail = OutboxMail.objects.filter(to=reply.author.email).last()
    assert "We read it again." in mail.text


def test_overturned_puts_everything_back(case, reply, reporter, moderator, colleague, decide, counters):
    before = counters()
    decision = decide(
        case, sanction={"kind": "suspended", "ends_at": timezone.now() + timedelta(days=7), "urgency": URGENT}
    )
    appeal = actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    judge(appeal, colleague, "overturned")

    assert counters() == before
    assert Contribution.objects.visible_to(reporter).filter(pk=reply.pk).exists()
    reply.author.refresh_from_db()
    assert (reply.author.status, reply.author.suspended_until) == ("active", None)
    assert decision.sanctions.get().voided_at
    assert Case.objects.get().state == Case.State.CLOSED
    told = Notification.objects.filter(kind="appeal_judged").values_list("recipient", flat=True)
    assert set(told) == {reply.author_id, reporter.pk}


def test_what_another_decision_still_hides_stays_hidden(case, reply, colleague, decide, report_it):
    first = decide(case)
    restore_contribution(reply, actor=colleague)
    decide(report_it(reply, MemberFactory()).case)
    appeal = actions.appeal_decision(first, actor=reply.author, grounds="It was irony.")
    judge(appeal, colleague, "overturned")

    reply.refresh_from_db()
    assert reply.moderation == "hidden"


def test_varied_takes_a_new_decision_with_reasons_of_its_own(appeal, decision, reply, colleague, terms):
    judge(appeal, colleague, "varied", terms(measure="label", label="Meant as irony."))

    reply.refresh_from_db()
    assert (reply.moderation, reply.label) == ("clear", "Meant as irony.")
    decision.refresh_from_db()
    assert decision.overturned_at
    assert Decision.objects.standing().get().decided_by == colleague
    reply.author.refresh_from_db()
    assert reply.author.status == "active"


def test_a_dismissal_is_varied_but_never_overturned(case, reply, reporter, colleague, decide, terms):
    dismissal = decide(case, outcome="dismiss", measure="")
    appeal = actions.appeal_decision(dismissal, actor=reporter, grounds="Read the last line.")
    with pytest.raises(Refused):
        judge(appeal, colleague, "overturned")
    with pytest.raises(Refused):
        judge(appeal, colleague, "varied")

    judge(appeal, colleague, "varied", terms())
    reply.refresh_from_db()
    assert reply.moderation == "hidden"


def test_an_appeal_is_judged_once(appeal, colleague):
    judge(appeal, colleague, "upheld")

    with pytest.raises(Refused):
        judge(appeal, MemberFactory(roles=["moderator"]), "overturned")


def test_the_other_side_may_still_appeal_after_a_judgment(appeal, decision, reporter, colleague):
    judge(appeal, colleague, "upheld")

    assert can_appeal_decision(reporter, Decision.objects.get(pk=decision.pk))
