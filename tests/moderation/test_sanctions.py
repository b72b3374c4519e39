"""What a decision does to a person."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from network.conversation.permissions import can_contribute
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, Sanction
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db

URGENT = "He publishes private addresses of colleagues every hour."


def in_days(days):
    return timezone.now() + timedelta(days=days)


def warned(member, decide, topic, report_it):
    """The member was reminded of the charter before."""
    decide(
        report_it(ReplyFactory(root=topic, author=member), MemberFactory()).case,
        measure="",
        sanction={"kind": "reminder", "ends_at": None, "urgency": ""},
    )


def test_a_reminder_takes_nothing_away_and_counts_for_a_year(case, reply, decide):
    decide(case, measure="", sanction={"kind": "reminder", "ends_at": None, "urgency": ""})

    assert Sanction.objects.get().ends_at - timezone.now() > timedelta(days=360)
    reply.author.refresh_from_db()
    assert can_contribute(reply.author)


def test_a_member_restricted_in_posting_reads_on(case, reply, decide):
    decide(case, sanction={"kind": "restricted", "ends_at": in_days(7), "urgency": ""})

    reply.author.refresh_from_db()
    assert reply.author.is_verified
    assert not can_contribute(reply.author)


def test_suspension_needs_an_earlier_warning_or_a_reasoned_urgency(case, reply, topic, decide, report_it):
    terms = {"kind": "suspended", "ends_at": in_days(7), "urgency": ""}
    with pytest.raises(Refused, match="warned"):
        decide(case, sanction=terms)

    warned(reply.author, decide, topic, report_it)
    decide(case, sanction=terms)
    reply.author.refresh_from_db()
    assert reply.author.status == "suspended"


def test_an_urgent_suspension_says_why(case, reply, decide):
    decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": URGENT})

    assert Sanction.objects.get().urgency == URGENT
    reply.author.refresh_from_db()
    assert not reply.author.is_verified


def test_a_warning_older_than_a_year_does_not_count(case, reply, topic, decide, report_it):
    warned(reply.author, decide, topic, report_it)
    Sanction.objects.update(starts_at=in_days(-400), ends_at=in_days(-35))

    with pytest.raises(Refused):
        decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": ""})


def test_suspension_ends_the_sessions_at_once(case, reply, decide, client_of):
    client = client_of(reply.author)
    key = client.session.session_key
    UserSession.objects.create(user=reply.author, session_key=key, ip="127.0.0.1", data={})

    decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": URGENT})

    assert not UserSession.objects.filter(user=reply.author).exists()
    assert not client.session.exists(key)


def test_a_suspension_ends_at_its_date(case, reply, decide):
    decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": URGENT})
    assert actions.expire_sanctions() == 0

    Sanction.objects.update(starts_at=in_days(-8), ends_at=in_days(-1))
    reply.author.__class__.objects.filter(pk=reply.author_id).update(suspended_until=in_days(-1))
    assert actions.expire_sanctions() == 1
    assert actions.expire_sanctions() == 0
    reply.author.refresh_from_db()
    assert (reply.author.status, reply.author.suspended_until) == ("active", None)


def test_the_longest_of_two_suspensions_counts(case, reply, topic, decide, report_it):
    decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": URGENT})
    other = report_it(reply.root, MemberFactory()).case
    Case.objects.filter(pk=other.pk).update(concerned=reply.author)
    decide(other, sanction={"kind": "suspended", "ends_at": in_days(30), "urgency": ""})
    short, long = Sanction.objects.order_by("ends_at")

    reply.author.refresh_from_db()
    assert reply.author.suspended_until == long.ends_at
    actions.lift_sanction(long, actor=MemberFactory(roles=["moderator"]))
    reply.author.refresh_from_db()
    assert reply.author.suspended_until == short.ends_at


def test_a_sanction_is_lifted_by_a_moderator_once(case, reply, moderator, decide):
    decide(case, sanction={"kind": "suspended", "ends_at": in_days(7), "urgency": URGENT})
    sanction = Sanction.objects.get()

    with pytest.raises(Http404):
        actions.lift_sanction(sanction, actor=MemberFactory(roles=["administrator"]))
    assert actions.lift_sanction(sanction, actor=moderator)
    assert not actions.lift_sanction(sanction, actor=moderator)
    reply.author.refresh_from_db()
    assert reply.author.status == "active"


def test_exclusion_takes_two(case, reply, moderator, colleague, decide, terms):
    excluded = {"kind": "excluded", "ends_at": None, "urgency": URGENT}
    with pytest.raises(Refused, match="two"):
        decide(case, sanction=excluded)
    with pytest.raises(Refused, match="two"):
        decide(case, sanction=excluded, second_decider=moderator)

    case.refresh_from_db()
    actions.propose_decision(case, actor=moderator, version=case.version, **terms(sanction=excluded))
    case.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.confirm_decision(case, actor=moderator, version=case.version)
    decision = actions.confirm_decision(case, actor=colleague, version=case.version)

    sanction = decision.sanctions.get()
    assert (decision.decided_by, sanction.second_decider) == (moderator, colleague)
    assert decision.facts == terms()["facts"]
    reply.author.refresh_from_db()
    assert reply.author.is_excluded
    assert not can_contribute(reply.author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.update(second_decider=None)


def test_a_declined_exclusion_leaves_the_case_open(case, moderator, colleague, terms, decide):
    excluded = {"kind": "excluded", "ends_at": None, "urgency": URGENT}
    actions.propose_decision(case, actor=moderator, version=case.version, **terms(sanction=excluded))
    case.refresh_from_db()
    assert actions.decline_proposal(case, actor=colleague, version=case.version)

    case.refresh_from_db()
    assert not actions.decline_proposal(case, actor=colleague, version=case.version)
    with pytest.raises(PermissionDenied):
        actions.confirm_decision(case, actor=colleague, version=case.version)
    decide(case)


def test_a_closed_account_cannot_be_sanctioned(case, reply, decide):
    reply.author.__class__.objects.filter(pk=reply.author_id).update(status="deactivated", is_active=False)

    with pytest.raises(Refused, match="closed"):
        decide(case, sanction={"kind": "restricted", "ends_at": in_days(7), "urgency": ""})
    decide(case)
