"""What happens around a case while it is open."""

import pytest
from django.http import Http404
from django.utils import timezone

from network.conversation.actions import edit_contribution
from network.core.refusals import Refused
from network.members.models import Member
from network.moderation import actions
from network.moderation.models import Case, Decision
from network.moderation.permissions import can_decide_case, can_see_case
from network.notifications.models import OutboxMail
from tests.factories import CharterFactory, GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_an_author_who_corrects_after_the_report_is_judged_on_what_was_reported_too(
    case, reply, moderator, client_of
):
    edit_contribution(reply, actor=reply.author, body="<p>You are all wonderful.</p>")

    page = client_of(moderator).get(f"/admin/moderation/cases/{case.pk}/").content.decode()
    assert "<del>You are all incompetent.</del>" in page
    assert "<ins>You are all wonderful.</ins>" in page
    assert case.reports.get().snapshot["text"] == "You are all incompetent."


def test_a_case_is_decided_although_its_author_was_erased_and_nobody_writes_to_them(
    case, reply, decide, counters
):
    Member.objects.filter(pk=reply.author_id).update(
        status="erased", is_active=False, email="erased-1@boucle.invalid", name=""
    )
    decide(case)

    reply.refresh_from_db()
    assert reply.moderation == "hidden"
    assert counters().thread == 0
    assert not OutboxMail.objects.filter(to="erased-1@boucle.invalid").exists()
    with pytest.raises(Http404):
        actions.ask_author(case, actor=MemberFactory(), question="Why?")


def test_an_erased_author_is_not_asked(case, reply, moderator):
    from django.core.exceptions import PermissionDenied

    Member.objects.filter(pk=reply.author_id).update(status="erased", is_active=False)
    with pytest.raises(PermissionDenied):
        actions.ask_author(Case.objects.get(pk=case.pk), actor=moderator, question="Why?")


@pytest.mark.parametrize("measure", ["hide", "remove", "label"])
def test_a_case_in_an_archived_group_is_decided_and_put_back(
    case, topic, reply, decide, colleague, counters, measure
):
    before = counters()
    topic.space.__class__.objects.filter(pk=topic.space_id).update(archived_at=timezone.now())
    decision = decide(case, measure=measure, label="Harsh.")
    appeal = actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    actions.judge_appeal(appeal, actor=colleague, outcome="overturned", reasons="So it was.")

    reply.refresh_from_db()
    assert (reply.moderation, reply.label, counters()) == ("clear", "", before)


def test_a_text_moved_to_another_group_is_decided_where_it_is(case, topic, reply, decide):
    other = GroupFactory()
    moved = TopicFactory(space=other)
    ReplyFactory(root=moved)
    reply.__class__.objects.filter(pk=reply.pk).update(root=moved, space=other, number=50)
    other.reply_count += 1
    other.save(update_fields=["reply_count"])
    before = other.__class__.objects.get(pk=other.pk).reply_count
    decide(case)

    assert other.__class__.objects.get(pk=other.pk).reply_count == before - 1


def test_what_a_suspended_moderator_had_in_hand_is_free_again(case, moderator, colleague):
    actions.take_case(case, actor=moderator)
    assert actions.free_cases() == 0
    Member.objects.filter(pk=moderator.pk).update(
        status="suspended", suspended_until=timezone.now() + timezone.timedelta(days=7)
    )
    moderator.refresh_from_db()

    assert not can_see_case(moderator, case)
    assert actions.free_cases() == 1
    assert actions.free_cases() == 0
    case.refresh_from_db()
    assert (case.moderator, case.state) == (None, Case.State.RECEIVED)
    assert can_decide_case(colleague, case)


def test_what_is_reported_by_the_person_reported_is_two_cases_and_neither_judges(topic, report_it, charter):
    one, two = MemberFactory(roles=["moderator"]), MemberFactory(roles=["moderator"])
    about_one = report_it(ReplyFactory(root=topic, author=one), two).case
    about_two = report_it(ReplyFactory(root=topic, author=two), one).case

    for case in (about_one, about_two):
        assert not can_see_case(one, case)
        assert not can_see_case(two, case)


def test_the_charter_of_the_time_of_the_act_applies_after_a_new_one_came(case, charter, decide, reply):
    from network.charter.models import CharterVersion

    CharterVersion.objects.filter(pk=charter.pk).update(state="superseded", superseded_at=timezone.now())
    CharterFactory(number=charter.number + 1)
    decision = decide(case)

    assert decision.charter_id == charter.pk
    assert {article.version_id for article in decision.articles.all()} == {charter.pk}


def test_a_withdrawn_decision_puts_everything_back_and_says_why(
    case, reply, reporter, decide, moderator, counters
):
    before = counters()
    decision = decide(case, sanction={"kind": "reminder", "ends_at": None, "urgency": ""})
    for stranger in (reporter, reply.author, MemberFactory(roles=["administrator"])):
        with pytest.raises(Http404):
            actions.withdraw_decision(decision, actor=stranger, reason="Mine.")
    with pytest.raises(Refused):
        actions.withdraw_decision(decision, actor=moderator, reason=" ")

    assert actions.withdraw_decision(decision, actor=moderator, reason="We misread it.")
    assert not actions.withdraw_decision(decision, actor=moderator, reason="Again.")
    reply.refresh_from_db()
    decision.refresh_from_db()
    assert (reply.moderation, counters(), decision.overturned_by) == ("clear", before, "withdrawn")
    assert decision.sanctions.get().voided_at
    assert Case.objects.get().state == Case.State.CLOSED
    for person in (reply.author, reporter):
        assert "We misread it." in OutboxMail.objects.filter(to=person.email).last().text


def test_pieter_withdraws_from_the_case_page(case, decide, moderator, client_of):
    decision = decide(case)
    address = f"/admin/moderation/cases/{case.pk}/decisions/{decision.pk}/withdraw/"
    client = client_of(moderator)
    assert address in client.get(f"/admin/moderation/cases/{case.pk}/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "We misread it."}).status_code == 302
    assert client_of(MemberFactory(superuser=True)).get(address).status_code == 404
    assert Decision.objects.get().overturned_by == "withdrawn"
