"""A case on its way to a decision."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from network.core.models import AuditEntry
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, CaseEvent
from network.moderation.permissions import can_decide_case, can_open_case, can_see_case
from network.notifications.models import OutboxMail
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_moderators_alone_see_cases(case, moderator):
    assert can_see_case(moderator, case)
    assert Case.objects.visible_to(moderator).get() == case
    for other in (
        MemberFactory(),
        MemberFactory(roles=["administrator"]),
        MemberFactory(roles=["editor"]),
        MemberFactory(superuser=True),
        MemberFactory(roles=["moderator"], suspended=True),
    ):
        assert can_see_case(other, case).hidden
        assert not Case.objects.visible_to(other).exists()


def test_nobody_sees_or_decides_a_case_about_their_own_words(topic, reporter, moderator, report_it):
    case = report_it(ReplyFactory(root=topic, author=moderator), reporter).case

    assert can_see_case(moderator, case).hidden
    assert not can_decide_case(moderator, case)
    assert not Case.objects.visible_to(moderator).exists()
    with pytest.raises(Http404):
        actions.take_case(case, actor=moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(moderator=moderator)


def test_nobody_decides_what_they_reported(reply, moderator, report_it, decide):
    case = report_it(reply, moderator).case

    assert not can_decide_case(moderator, case)
    assert not Case.objects.visible_to(moderator).exists()
    with pytest.raises(Http404):
        decide(case)


def test_one_moderator_at_a_time_has_a_case_in_hand(case, moderator, colleague):
    assert actions.take_case(case, actor=moderator)
    assert not actions.take_case(case, actor=moderator)
    with pytest.raises(Refused, match="Pieter Peeters"):
        actions.take_case(case, actor=colleague)

    assert actions.take_case(case, actor=colleague, from_colleague=True)
    case.refresh_from_db()
    assert case.moderator == colleague
    assert case.events.last().data == {"before": moderator.pk}


def test_a_case_is_given_back_by_whoever_has_it(case, moderator, colleague):
    actions.take_case(case, actor=moderator)
    with pytest.raises(PermissionDenied):
        actions.give_back_case(case, actor=colleague)

    assert actions.give_back_case(case, actor=moderator)
    assert not actions.give_back_case(case, actor=moderator)
    case.refresh_from_db()
    assert (case.moderator, case.state) == (None, Case.State.RECEIVED)


def test_a_case_whose_matter_is_gone_is_closed_with_a_reason_that_the_reporter_reads(
    case, moderator, reporter
):
    with pytest.raises(Refused):
        actions.void_case(case, actor=moderator, reason=" ")
    actions.void_case(case, actor=moderator, reason="The author took it down.")

    case.refresh_from_db()
    assert (case.state, case.void_reason) == (Case.State.VOID, "The author took it down.")
    assert "The author took it down." in OutboxMail.objects.filter(to=reporter.email).last().text
    with pytest.raises(PermissionDenied):
        actions.void_case(case, actor=moderator, reason="Again.")


def test_events_are_never_changed_nor_removed(case):
    for change in (
        "update moderation_caseevent set verb = 'other'",
        "delete from moderation_caseevent",
        "update moderation_caseevent set at = now()",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_each_step_is_audited(case, moderator):
    actions.take_case(case, actor=moderator)

    entry = AuditEntry.objects.filter(target_model="moderation.case").first()
    assert (entry.verb, entry.actor, entry.target_id) == ("taken_case", moderator, case.pk)


def test_a_moderator_opens_a_case_on_their_own_initiative(reply, moderator, decide):
    case = actions.open_case(reply, actor=moderator)

    assert actions.open_case(reply, actor=moderator) == case
    assert (case.own_initiative, case.moderator) == (True, moderator)
    assert case.events.get().data["snapshot"]["body"] == reply.body
    assert decide(case).origin == "own_initiative"


def test_nobody_else_opens_a_case_and_none_on_a_closed_groups_words(charter, reply, moderator):
    assert can_open_case(MemberFactory(), reply).hidden
    assert can_open_case(MemberFactory(superuser=True), reply).hidden
    closed = TopicFactory(space=GroupFactory(visibility="private"))
    assert can_open_case(moderator, closed).hidden


def test_reading_a_closed_groups_words_through_a_case_is_logged_once(charter, moderator, report_it):
    group = GroupFactory(visibility="hidden")
    witness = MemberFactory()
    reply = ReplyFactory(root=TopicFactory(space=group, author=witness))
    case = report_it(reply, witness).case

    assert actions.log_reading(case, actor=moderator)
    assert not actions.log_reading(case, actor=moderator)
    assert CaseEvent.objects.filter(case=case, verb="read_closed", actor=moderator).count() == 1
    assert AuditEntry.objects.filter(verb="read_closed_case", actor=moderator).count() == 1


def test_reading_what_everyone_reads_is_not_logged(case, moderator):
    assert not actions.log_reading(case, actor=moderator)
