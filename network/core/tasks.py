"""The site's own housekeeping."""

from django.core.management import call_command

from .actions import requeue_abandoned_tasks
from .schedule import due

HOUR = 60 * 60


@due(every=10)
def recover_abandoned_tasks():
    """Tasks whose worker was killed are done by another."""
    requeue_abandoned_tasks()


@due(every=6 * HOUR)
def forget_ended_sessions():
    """Expired sessions are deleted."""
    call_command("clearsessions", verbosity=0)


@due(every=6 * HOUR)
def forget_ended_tasks():
    """Done tasks are kept for a week, failed ones for a month."""
    call_command(
        "prune_db_task_results",
        verbosity=0,
        queue_name="*",
        min_age_days=7,
        failed_min_age_days=30,
    )
