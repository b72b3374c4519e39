from django.core.management.base import CommandError
from django_tasks_db.management.commands import db_worker

from network.core.queue import holding


class Command(db_worker.Command):
    help = "Runs background tasks, of every queue, until it is told to stop."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False)

    def handle(self, *, worker_id, **options):
        with holding(worker_id) as session:
            if session is None:
                raise CommandError(f"A worker named {worker_id} runs already.")
            super().handle(worker_id=worker_id, **options)
