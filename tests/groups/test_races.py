"""Two people, or two clicks, at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from groups import actions
from groups.models import Group
from network.conversation.models import Membership
from network.members.models import Member
from tests.factories import GroupFactory, MemberFactory

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
