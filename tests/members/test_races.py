"""What two people do at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from network.members import actions
from network.members.models import Member
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Call all at the same moment, each on a connection of its own; return what they return or raise."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_two_administrators_who_deactivate_each_other_leave_one():
    first, second = MemberFactory(roles=["administrator"]), MemberFactory(roles=["administrator"])
    outcomes = at_once(
        lambda: actions.deactivate_member(second, actor=first, reason="Left."),
        lambda: actions.deactivate_member(first, actor=second, reason="Left."),
    )
    assert Member.objects.administrators().count() == 1
    assert sum(isinstance(outcome, PermissionDenied) for outcome in outcomes) == 1


def test_two_people_of_one_name_who_join_at_once_have_two_handles():
    def join(email):
        return lambda: actions.register_member(Member(email=email, name="Amina El-Idrissi"))

    at_once(join("a@x.example"), join("b@x.example"))
    assert set(Member.objects.values_list("handle", flat=True)) == {"amina-el-idrissi", "amina-el-idrissi-2"}
