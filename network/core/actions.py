"""State changes of the site's own machinery."""

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .queue import living_locks, lock_number

# A task that has outlived so many workers has probably ended them.
MOST_WORKERS = 5


@transaction.atomic
def requeue_abandoned_tasks() -> int:
    """Give back the tasks whose worker is gone, and return how many there were.

    Tasks are safe to run twice. One that has lost `MOST_WORKERS` workers is marked as failed.
    """
    living = living_locks()
    abandoned = [
        task
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True)
        if not task.worker_ids or lock_number(task.worker_ids[-1]) not in living
    ]
    again = [task.pk for task in abandoned if len(task.worker_ids) < MOST_WORKERS]
    hopeless = [task.pk for task in abandoned if len(task.worker_ids) >= MOST_WORKERS]
    DBTaskResult.objects.filter(pk__in=again).update(status="READY", started_at=None)
    DBTaskResult.objects.filter(pk__in=hopeless).update(
        status="FAILED",
        finished_at=timezone.now(),
        exception_class_path=f"{ChildProcessError.__module__}.{ChildProcessError.__qualname__}",
        traceback=f"{MOST_WORKERS} workers were lost while they did this task.",
    )
    return len(abandoned)
