"""Two people at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Case, Decision, Report
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; returns their results, exceptions included."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=20)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_who_decide_at_once_one_is_refused_politely(case, moderator, colleague, terms, counters):
    version = Case.objects.get(pk=case.pk).version
    before = counters()
    results = at_once(
        *(
            lambda actor=actor: actions.decide_case(
                Case.objects.get(pk=case.pk), actor=actor, version=version, **terms()
            )
            for actor in (moderator, colleague)
        )
    )

    assert sorted(type(result).__name__ for result in results) == ["Decision", "Refused"]
    assert Decision.objects.count() == 1
    assert counters().thread == before.thread - 1


def test_two_reports_at_once_join_one_case(reply, report_it):
    first, second = MemberFactory(), MemberFactory()
    results = at_once(lambda: report_it(reply, first), lambda: report_it(reply, second))

    assert all(isinstance(result, Report) for result in results), results
    assert Case.objects.get().report_count == 2


def test_of_two_who_take_a_case_at_once_one_has_it(case, moderator, colleague):
    results = at_once(
        lambda: actions.take_case(case, actor=moderator), lambda: actions.take_case(case, actor=colleague)
    )

    assert sorted(str(isinstance(result, Refused)) for result in results) == ["False", "True"]


def test_a_report_and_a_decision_at_once_do_not_block_each_other(case, reply, moderator, terms, report_it):
    version = Case.objects.get(pk=case.pk).version
    other = MemberFactory()
    decided, reported = at_once(
        lambda: actions.decide_case(
            Case.objects.get(pk=case.pk),
            actor=moderator,
            version=version,
            **terms(measure="label", label="Note."),
        ),
        lambda: report_it(reply, other),
    )

    assert isinstance(reported, Report)
    assert isinstance(decided, Decision | Refused)


def test_two_workers_share_a_batch_and_decide_each_case_once(topic, reporter, moderator, report_it):
    cases = [report_it(ReplyFactory(root=topic), reporter).case for _ in range(4)]
    batch = actions.remove_spam(cases, actor=moderator, article_code="respect")
    results = at_once(lambda: actions.decide_batch(batch.pk), lambda: actions.decide_batch(batch.pk))

    assert sum(results) == 4, results
    assert Decision.objects.count() == 4
    batch.refresh_from_db()
    assert batch.items.progress() == {"all": 4, "done": 4, "refused": 0}
    assert actions.resume_batches() in (0, 1)


def test_trusted_reports_at_once_hide_once(reply, report_it):
    people = [
        MemberFactory(date_joined=timezone.now() - timedelta(days=900), contribution_count=9)
        for _ in range(4)
    ]
    results = at_once(*(lambda person=person: report_it(reply, person) for person in people))

    assert all(isinstance(result, Report) for result in results), results
    assert Decision.objects.get().automated_decision
    reply.refresh_from_db()
    assert reply.moderation == "hidden"
