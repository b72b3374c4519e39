"""Those who keep order in a group handle its cases, on the site."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from network.conversation.models import Membership
from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, Decision, Sanction
from network.moderation.permissions import can_handle_case, can_moderate_case, can_see_case
from network.notifications.models import Notification
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator(topic):
    member = MemberFactory(name="Fatou Fall")
    MembershipFactory(space=topic.space, member=member, role="facilitator")
    return member


@pytest.fixture
def address(topic, case):
    def make(name="group_case", *args):
        keys = [topic.space_id] if name == "group_cases" else [topic.space_id, case.pk]
        return reverse(f"moderation:{name}", args=keys)

    return make


def ban(days=30):
    return {"kind": "group_ban", "ends_at": timezone.now() + timezone.timedelta(days=days), "urgency": ""}


def test_facilitators_of_the_group_handle_its_case_and_nobody_else(case, facilitator, topic, reporter, reply):
    assert can_handle_case(facilitator, case)
    assert can_see_case(facilitator, case)
    assert not can_moderate_case(facilitator, case)
    elsewhere = MembershipFactory(space=GroupFactory(), role="owner").member
    plain = MembershipFactory(space=topic.space, role="member").member
    for other in (elsewhere, plain, reporter, reply.author, MemberFactory(roles=["administrator"])):
        assert not can_handle_case(other, case)
    assert list(Case.objects.in_groups_of(facilitator)) == [case]
    assert not Case.objects.in_groups_of(elsewhere).exists()


@pytest.mark.parametrize("what", ["law", "passed", "colleague", "reporter", "author"])
def test_what_is_not_theirs_is_out_of_their_sight(topic, reply, facilitator, report_it, reporter, what):
    target = reply
    if what == "author":
        target = ReplyFactory(root=topic, author=facilitator)
    case = report_it(target, facilitator if what == "reporter" else reporter, illegality=what == "law").case
    if what == "passed":
        actions.escalate_case(case, actor=facilitator)
    if what == "colleague":
        Membership.objects.filter(space=topic.space, member=reply.author).update(role="facilitator")

    case = Case.objects.get(pk=case.pk)
    assert not can_handle_case(facilitator, case)
    assert not Case.objects.in_groups_of(facilitator).exists()


def test_the_pages_open_for_facilitators_alone_and_name_no_reporter(
    case, facilitator, moderator, reporter, reply, address, client_of
):
    client = client_of(facilitator)
    assert str(case) in client.get(address("group_cases")).content.decode()
    page = client.get(address()).content.decode()
    assert "He insults us." in page
    assert "Amina" not in page
    for name in ("decide_group_case", "ask_in_group_case"):
        page = client.get(address(name)).content.decode()
        assert "Amina" not in page
    for other in (reporter, reply.author, moderator, MemberFactory()):
        client = client_of(other)
        for name in ("group_case", "decide_group_case", "ask_in_group_case"):
            assert client.get(address(name)).status_code == 404
        assert client.post(address("pass_on_group_case")).status_code == 404
        assert client.get(address("group_cases")).status_code in (403, 404)


def test_a_facilitator_hides_with_a_whole_statement(case, facilitator, reply, article, address, client_of):
    client = client_of(facilitator)
    data = {
        "version": case.version,
        "outcome": "act",
        "measure": "hide",
        "duration": "indefinite",
        "articles": [article.pk],
        "facts": "You wrote that all are incompetent.",
        "explanation": "This hurts people.",
        "scope": "The group.",
        "phrases": ["other_words"],
        "sanction": "",
    }
    preview = client.post(address("decide_group_case"), data | {"step": "preview"}).content.decode()
    assert "This hurts people." in preview
    assert not Decision.objects.exists()
    assert client.post(address("decide_group_case"), data | {"step": "confirm"}).status_code == 302

    decision = Decision.objects.get()
    reply.refresh_from_db()
    assert (decision.decided_by, reply.moderation) == (facilitator, "hidden")
    assert len(decision.explanation) > len("This hurts people.")


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "remove"},
        {"measure": "", "sanction": {"kind": "suspended", "ends_at": None, "urgency": "Now."}},
        {"measure": "", "sanction": {"kind": "restricted", "ends_at": None, "urgency": ""}},
    ],
)
def test_what_goes_beyond_the_group_is_refused_to_facilitators(case, facilitator, decide, changes):
    with pytest.raises(Refused, match="moderators"):
        decide(case, actor=facilitator, **changes)


def test_removing_from_the_group_ends_at_its_date_and_gives_the_place_back(
    case, facilitator, reply, topic, decide
):
    decide(case, actor=facilitator, measure="", sanction=ban())

    tie = Membership.objects.get(space=topic.space, member=reply.author)
    count = topic.space.__class__.objects.get(pk=topic.space_id).member_count
    assert tie.state == "banned"
    assert actions.expire_sanctions() == 0
    past = timezone.now() - timezone.timedelta(days=1)
    Sanction.objects.update(starts_at=past - timezone.timedelta(days=30), ends_at=past)
    assert actions.expire_sanctions() == 1
    assert actions.expire_sanctions() == 0
    tie.refresh_from_db()
    assert (tie.state, tie.role) == ("active", "member")
    assert topic.space.__class__.objects.get(pk=topic.space_id).member_count == count + 1


def test_an_overturned_removal_gives_the_place_back_at_once(
    case, facilitator, colleague, reply, topic, decide
):
    decision = decide(case, actor=facilitator, measure="", sanction=ban())
    appeal = actions.appeal_decision(decision, actor=reply.author, grounds="It was irony.")
    actions.judge_appeal(appeal, actor=colleague, outcome="overturned", reasons="So it was.")

    assert Membership.objects.get(space=topic.space, member=reply.author).state == "active"


def test_an_owner_is_not_removed_from_their_group(case, moderator, reply, topic, decide):
    Membership.objects.filter(space=topic.space, member=reply.author).update(role="owner")
    with pytest.raises(Refused, match="owner"):
        decide(case, measure="", sanction=ban())


def test_a_moderator_takes_over_and_a_passed_case_is_theirs(case, facilitator, moderator):
    actions.take_case(case, actor=facilitator)
    assert actions.take_case(case, actor=moderator, from_colleague=True)
    actions.give_back_case(case, actor=moderator)
    assert actions.escalate_case(case, actor=facilitator)
    with pytest.raises(Http404):
        actions.take_case(case, actor=facilitator)
    with pytest.raises((Http404, PermissionDenied)):
        actions.escalate_case(case, actor=facilitator)


def test_facilitators_are_told_of_a_report_in_their_group(facilitator, case, reply, report_it, topic):
    line = Notification.objects.get(recipient=facilitator, kind="group_case")
    assert line.target_url == reverse("moderation:group_cases", args=[topic.space_id])
    assert not Notification.objects.filter(recipient=reply.author, kind="group_case").exists()


def test_the_list_costs_the_same_whatever_its_length(
    topic, facilitator, reporter, report_it, client_of, django_assert_num_queries
):
    client = client_of(facilitator)
    address = reverse("moderation:group_cases", args=[topic.space_id])

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    for _ in range(2):
        report_it(ReplyFactory(root=topic), reporter)
    few = cost()
    for _ in range(18):
        report_it(ReplyFactory(root=topic), reporter)
    assert cost() == few <= 12


def test_a_case_follows_its_text_to_another_group(case, facilitator, topic):
    other = GroupFactory()
    keeper = MembershipFactory(space=other, role="facilitator").member
    moved = TopicFactory(space=other)
    case.contribution.__class__.objects.filter(pk=case.contribution_id).update(
        space=other, root=moved, number=90
    )

    case = Case.objects.get(pk=case.pk)
    assert can_handle_case(keeper, case)
    assert not can_handle_case(facilitator, case)
