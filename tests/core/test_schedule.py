"""What is due, and tasks whose worker is gone."""

import logging

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from network.core import actions
from network.core.queue import holding, is_alive, living_locks, lock_number
from network.core.schedule import Job, run_due


def test_a_job_is_called_when_its_time_has_come():
    called = []
    jobs = [
        Job("often", 2, lambda: called.append("often")),
        Job("seldom", 60, lambda: called.append("seldom")),
    ]
    assert run_due(jobs, now=100.0) == ["often", "seldom"]
    assert run_due(jobs, now=101.0) == []
    assert run_due(jobs, now=102.0) == ["often"]
    assert called == ["often", "seldom", "often"]


def test_a_job_that_fails_is_logged_and_does_not_stop_the_others(caplog):
    called = []
    jobs = [Job("bad", 2, lambda: 1 / 0), Job("good", 2, lambda: called.append("good"))]
    with caplog.at_level(logging.ERROR):
        assert run_due(jobs, now=0.0) == ["bad", "good"]
    assert called == ["good"]
    assert "bad" in caplog.text


def test_a_lost_database_stops_the_round():
    def lost():
        raise ConnectionError

    called = []
    jobs = [Job("bad", 2, lambda: 1 / 0), Job("good", 2, lambda: called.append("good"))]
    with pytest.raises(ConnectionError):
        run_due(jobs, now=0.0, after_failure=lost)
    assert called == []


def running_task(worker, **fields):
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="network.notifications.tasks.send_waiting_mail",
        worker_ids=[worker] * fields.pop("times", 1),
        started_at=timezone.now(),
        backend_name="default",
        run_after=timezone.now(),
    )


@pytest.mark.django_db
def test_a_task_whose_worker_is_gone_is_given_back():
    with holding("alive"):
        kept, lost = running_task("alive"), running_task("gone")
        assert actions.requeue_abandoned_tasks() == 1
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.status, lost.status) == ("RUNNING", "READY")


@pytest.mark.django_db
def test_a_task_that_ends_its_workers_is_given_up():
    task = running_task("gone", times=actions.MOST_WORKERS)
    actions.requeue_abandoned_tasks()
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert task.finished_at


@pytest.mark.django_db
def test_a_name_is_held_by_one_process_and_seen_from_outside():
    with holding("one") as first, holding("one") as second:
        assert first is not None
        assert second is None
        assert lock_number("one") in living_locks()
        assert is_alive("one", first.info.dsn)
        assert not is_alive("two", first.info.dsn)
