"""Enough trusted reports hide a text until somebody looks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.conversation.actions import edit_contribution
from network.members.models import Member
from network.moderation import actions
from network.moderation.models import Case, Decision, Report
from network.moderation.permissions import can_appeal_decision
from network.moderation.trust import trust_in
from network.notifications.models import Notification, OutboxMail
from network.pages.models import NetworkSettings
from tests.factories import InstitutionFactory, MemberFactory

pytestmark = pytest.mark.django_db


def trusted(**values):
    """Somebody whose reports count: here for years, who has written."""
    joined = timezone.now() - timedelta(days=900)
    return MemberFactory(date_joined=joined, contribution_count=12, **values)


@pytest.fixture
def hidden(reply, report_it):
    """The reply, hidden by the reports of three institutions; returns its automatic decision."""
    for _ in range(3):
        report_it(reply, trusted())
    reply.refresh_from_db()
    return Decision.objects.get()


def test_three_trusted_reports_of_three_institutions_hide_until_somebody_looks(reply, hidden, counters):
    case = Case.objects.get()

    assert reply.moderation == "hidden"
    assert (hidden.automated_decision, hidden.automated_detection, hidden.decided_by) == (True, True, None)
    assert case.is_open
    assert case.due_at <= timezone.now() + timedelta(hours=24)
    assert case.events.filter(verb="hidden_automatically", actor=None).exists()
    assert counters().thread == 0


def test_the_author_is_told_at_once_and_the_reporters_once_somebody_looked(reply, hidden):
    assert OutboxMail.objects.filter(to=reply.author.email).count() == 1
    assert Notification.objects.filter(kind="decision", recipient=reply.author).exists()
    assert not Notification.objects.filter(kind="report_decided").exists()


def test_two_reports_hide_nothing(reply, report_it):
    for _ in range(2):
        report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "clear"


def test_any_number_of_colleagues_of_one_institution_counts_as_one(reply, report_it):
    house = InstitutionFactory()
    for _ in range(6):
        report_it(reply, trusted(institution=house))
    report_it(reply, trusted())

    reply.refresh_from_db()
    assert reply.moderation == "clear"
    case = Case.objects.get()
    assert case.report_count == 7
    assert case.weight == pytest.approx(1.4)


def test_newcomers_visitors_and_the_warned_count_for_little(reply, report_it):
    for _ in range(3):
        report_it(reply, MemberFactory())
    for number in range(3):
        report_it(reply, None, name="Jo", email=f"jo{number}@home.example", language="fr")

    reply.refresh_from_db()
    assert reply.moderation == "clear"


def test_trust_follows_standing_and_how_earlier_reports_ended():
    old = Member(status="active", date_joined=timezone.now() - timedelta(days=100), contribution_count=3)
    new = Member(status="active", date_joined=timezone.now(), contribution_count=3)
    gone = Member(status="suspended", date_joined=old.date_joined, contribution_count=3)

    assert trust_in(None, 0, 0) == trust_in(gone, 5, 0) == 0
    assert trust_in(old, 5, 0) == 1 > trust_in(old, 0, 0) > trust_in(old, 0, 5) > 0
    assert trust_in(old, 0, 0) > trust_in(old, 0, 0, is_warned=True) > trust_in(new, 0, 0) / 2
    assert trust_in(new, 0, 0) < trust_in(old, 0, 0)


def test_a_reporter_who_was_wrong_each_time_counts_for_less(topic, reply, report_it, decide):
    from tests.factories import ReplyFactory

    member = trusted()
    for _ in range(2):
        decide(report_it(ReplyFactory(root=topic), member).case, outcome="dismiss", measure="")

    assert Report.objects.accuracy_of([member]) == {member.pk: (0, 2)}
    assert report_it(reply, member).weight < report_it(reply, trusted()).weight


def test_sofie_switches_it_off_or_asks_for_more(reply, report_it):
    NetworkSettings.objects.create(automatic_hiding=False)
    for _ in range(4):
        report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "clear"

    NetworkSettings.objects.update(automatic_hiding=True, automatic_reporters=6, automatic_weight=2)
    report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "clear"
    report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "hidden"


def test_what_a_moderator_found_in_order_is_not_hidden_again_unless_it_changes(
    reply, hidden, decide, report_it
):
    decide(Case.objects.get(), outcome="dismiss", measure="")
    for _ in range(3):
        report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "clear"

    edit_contribution(reply, actor=reply.author, body="<p>Worse than before.</p>")
    report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "hidden"


def test_a_dismissal_shows_it_again_and_the_author_reads_why(reply, hidden, decide, counters):
    decision = decide(Case.objects.get(), outcome="dismiss", measure="")

    reply.refresh_from_db()
    hidden.refresh_from_db()
    assert (reply.moderation, hidden.overturned_by) == ("clear", "review")
    assert counters().thread == 1
    reviewed = Case.objects.get().events.get(verb="reviewed")
    assert reviewed.data == {"automatic": hidden.pk, "decision": decision.pk, "confirmed": False}
    assert Notification.objects.filter(kind="decision", recipient=reply.author, decision=decision).exists()


def test_a_moderator_who_confirms_keeps_it_hidden_by_a_decision_of_their_own(reply, hidden, decide, counters):
    decision = decide(Case.objects.get())

    reply.refresh_from_db()
    assert reply.moderation == "hidden"
    assert counters().thread == 0
    assert list(Decision.objects.standing()) == [decision]
    assert Case.objects.get().events.get(verb="reviewed").data["confirmed"]


def test_a_lighter_measure_shows_it_again(reply, hidden, decide):
    decide(Case.objects.get(), measure="label", label="Harsh words.")
    reply.refresh_from_db()
    assert (reply.moderation, reply.label) == ("clear", "Harsh words.")


def test_a_case_that_is_void_leaves_nothing_hidden(reply, hidden, moderator):
    actions.void_case(Case.objects.get(), actor=moderator, reason="Reported by mistake.")
    reply.refresh_from_db()
    assert reply.moderation == "clear"


def test_an_automatic_decision_is_appealed_once_somebody_has_looked(reply, hidden, decide):
    assert not can_appeal_decision(reply.author, hidden)
    with pytest.raises(PermissionDenied):
        actions.appeal_decision(hidden, actor=reply.author, grounds="No.")

    assert can_appeal_decision(reply.author, decide(Case.objects.get()))


def test_nothing_is_hidden_automatically_while_a_moderator_looks(reply, report_it, moderator):
    case = report_it(reply, trusted()).case
    actions.take_case(case, actor=moderator)
    for _ in range(3):
        report_it(reply, trusted())
    reply.refresh_from_db()
    assert reply.moderation == "clear"
