"""What is deleted in the end, and what is kept for ever."""

from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.moderation import actions
from network.moderation.models import Case, Decision
from network.moderation.permissions import can_withdraw_decision

from .test_history import broken

pytestmark = pytest.mark.django_db


def years_ago(count):
    return timezone.now() - timedelta(days=366 * count)


def over(decision):
    """The time for an appeal is over."""
    past = timezone.now() - timedelta(seconds=1)
    Decision.objects.filter(pk=decision.pk).update(decided_at=past - timedelta(days=184), appeal_until=past)


def test_a_removed_text_is_deleted_once_nobody_can_appeal(case, reply, decide, moderator):
    decision = decide(case, measure="remove")
    assert actions.purge_removed() == 0
    assert can_withdraw_decision(moderator, decision)

    over(decision)
    assert actions.purge_removed() == 1
    assert actions.purge_removed() == 0
    reply.refresh_from_db()
    assert (reply.body, reply.body_text, reply.edits.count()) == ("", "", 0)
    decision.refresh_from_db()
    assert not can_withdraw_decision(moderator, decision)
    with pytest.raises(PermissionDenied):
        actions.withdraw_decision(decision, actor=moderator, reason="Wrong.")


@pytest.mark.parametrize("what", ["hidden", "appealed", "overturned"])
def test_what_may_come_back_is_kept(case, reply, decide, colleague, what):
    decision = decide(case, measure="hide" if what == "hidden" else "remove")
    if what != "hidden":
        appeal = actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    if what == "overturned":
        actions.judge_appeal(appeal, actor=colleague, outcome="overturned", reasons="So it was.")
    over(decision)

    assert actions.purge_removed() == 0
    reply.refresh_from_db()
    assert "incompetent" in reply.body


def test_an_old_closed_case_forgets_what_members_said_and_keeps_its_sealed_history(
    case, reply, report_it, decide
):
    report_it(reply, None, name="Jo Janssens", email="jo@home.example", language="nl")
    decision = decide(case)
    over(decision)
    assert actions.close_cases() == 1
    assert actions.purge_cases() == 0
    Case.objects.update(closed_at=years_ago(3))

    assert actions.purge_cases() == 1
    assert actions.purge_cases() == 0
    for report in case.reports.all():
        assert report.snapshot == {}
        assert (report.name, report.email) in (("", ""), ("–", "–"))
        assert report.explanation == "–"
    assert case.events.exclude(data={}).count() == 0
    assert case.events.last().verb == "purged"
    assert broken() == 0
    decision.refresh_from_db()
    assert decision.facts.startswith("You wrote")


def test_the_words_of_decisions_are_deleted_later_still_and_their_figures_never(case, decide):
    decision = decide(case)
    Case.objects.update(state="closed", closed_at=years_ago(3))
    assert actions.purge_statements() == 0
    Case.objects.update(closed_at=years_ago(6))

    assert actions.purge_statements() == 1
    assert actions.purge_statements() == 0
    decision.refresh_from_db()
    assert (decision.facts, decision.measure, decision.articles.count()) == ("–", "hide", 1)


@pytest.mark.parametrize(
    ("decided", "last_moment"),
    [
        ("2026-01-15T10:00", "2026-07-16T00:00"),
        ("2026-08-31T10:00", "2027-03-01T00:00"),
        ("2026-03-28T23:30", "2026-09-29T00:00"),
        ("2026-06-30T23:59", "2026-12-31T00:00"),
    ],
)
def test_the_time_for_an_appeal_ends_at_midnight_in_brussels(case, decide, reply, decided, last_moment):
    brussels = ZoneInfo("Europe/Brussels")
    decided = datetime.fromisoformat(decided).replace(tzinfo=brussels)
    last_moment = datetime.fromisoformat(last_moment).replace(tzinfo=brussels)
    with mock.patch("django.utils.timezone.now", return_value=decided):
        decision = decide(case)

    assert decision.appeal_until == last_moment
    with (
        mock.patch("django.utils.timezone.now", return_value=last_moment),
        pytest.raises(PermissionDenied),
    ):
        actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    with mock.patch("django.utils.timezone.now", return_value=last_moment - timedelta(seconds=1)):
        assert actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
