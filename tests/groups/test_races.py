"""Two people, or two clicks, at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from groups import actions
from groups.models import Group
from network.conversation.models import Membership
from network.members.models import Member
from network.notifications.models import Notification
from tests.factories import GroupFactory, InvitationFactory, MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everybody_accepted_the_charter():
    """Nobody writes here: no charter is needed."""


def _at_once(*calls):
    """Call all of them at the same moment; returns the exceptions that they raised."""
    barrier, errors = Barrier(len(calls)), []

    def run(call):
        try:
            barrier.wait(timeout=20)
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


def test_two_joins_at_once_are_one():
    group, member = GroupFactory(), MemberFactory()
    errors = _at_once(
        *(lambda: actions.join_group(group, actor=Member.objects.get(pk=member.pk)) for _ in range(2))
    )
    assert not errors
    assert Membership.objects.filter(space=group, member=member).count() == 1
    assert Group.objects.get().member_count == 1


def test_two_owners_who_leave_at_once_do_not_both_go():
    first, second = MemberFactory(), MemberFactory()
    group = GroupFactory(owner=first)
    Membership.objects.create(space=group, member=second, role="owner")
    errors = _at_once(
        lambda: actions.leave_group(group, actor=Member.objects.get(pk=first.pk)),
        lambda: actions.leave_group(group, actor=Member.objects.get(pk=second.pk)),
    )
    assert len(errors) == 1
    assert Membership.objects.filter(space=group, role="owner", state="active").count() == 1


def test_a_form_sent_twice_at_once_founds_one_group():
    member = MemberFactory()

    def found():
        actions.create_group(actor=Member.objects.get(pk=member.pk), title="Open data", visibility="network")

    assert not _at_once(found, found)
    assert Group.objects.count() == 1


def _again(member):
    return Member.objects.get(pk=member.pk)


def test_a_request_answered_by_two_facilitators_at_once_is_told_once():
    group = GroupFactory()
    keeping = [MembershipFactory(space=group, role="facilitator").member for _ in range(2)]
    asking = MembershipFactory(space=group, state="requested")
    answers = [True, False]
    errors = _at_once(
        *(
            lambda actor=actor, accept=accept: actions.answer_request(
                Membership.objects.get(pk=asking.pk), actor=_again(actor), accept=accept
            )
            for actor, accept in zip(keeping, answers, strict=True)
        )
    )
    # The second finds no request, or no membership any more.
    assert all(isinstance(error, Membership.DoesNotExist) for error in errors)
    told = Notification.objects.filter(
        recipient=asking.member, kind__in=["request_accepted", "request_refused"]
    )
    assert told.count() == 1
    inside = Membership.objects.filter(space=group, member=asking.member, state="active").exists()
    assert inside == (told.get().kind == "request_accepted")
    assert Group.objects.get().member_count == int(inside)


def test_an_invitation_accepted_twice_at_once_lets_in_once():
    member = MemberFactory()
    invitation = InvitationFactory(email=member.email)
    errors = _at_once(
        *(lambda: actions.accept_invitation(invitation, actor=_again(member)) for _ in range(2))
    )
    assert not errors
    assert Group.objects.get().member_count == 1


def test_an_address_invited_by_two_at_once_gets_one_message():
    group = GroupFactory()
    keeping = [MembershipFactory(space=group, role="facilitator").member for _ in range(2)]
    errors = _at_once(
        *(
            lambda actor=actor: actions.invite_address(group, "a@ville.example", actor=_again(actor))
            for actor in keeping
        )
    )
    assert not errors
    assert group.invitations.count() == 1


def test_an_owner_who_hands_over_to_two_at_once_has_one_successor():
    owner = MemberFactory()
    group = GroupFactory(owner=owner)
    heirs = [MembershipFactory(space=group) for _ in range(2)]
    errors = _at_once(
        *(
            lambda heir=heir: actions.hand_over_group(Membership.objects.get(pk=heir.pk), actor=_again(owner))
            for heir in heirs
        )
    )
    assert len(errors) == 1
    assert Membership.objects.filter(space=group, role="owner").count() == 1
