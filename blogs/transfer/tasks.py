"""What takes long, apart from what asked for it."""

from django_tasks import task

from network.core.schedule import due

HOUR = 60 * 60


@task()
def read_import(batch_id):
    """Read one file; harmless when it is read already, or gone."""
    from .actions import read_import

    read_import(batch_id)


@task()
def run_import(batch_id):
    """Take in one file, or what is left of it."""
    from .actions import run_import

    run_import(batch_id)


@due(every=HOUR)
def forget_old_imports():
    """Files of posts are kept for a week."""
    from .actions import forget_old_imports

    forget_old_imports()
