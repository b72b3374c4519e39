import logging

from django.core.management.base import CommandError
from django_tasks_db.management.commands import db_worker

from network.core.queue import holding


class Command(db_worker.Command):
    help = "Runs background tasks, of every queue, until it is told to stop."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False)

    def configure_logging(self, verbosity):
        """Each task that runs well is worth a line for those alone who ask (`--verbosity 2`)."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            for name in (db_worker.TASKS_LOGGER, db_worker.logger.name):
                logging.getLogger(name).setLevel(logging.WARNING)

    def handle(self, *, worker_id, **options):
        with holding(worker_id) as session:
            if session is None:
                raise CommandError(f"A worker named {worker_id} runs already.")
            super().handle(worker_id=worker_id, **options)
