from django_tasks_db.management.commands import db_worker

from network.core.queue import alive


class Command(db_worker.Command):
    help = "Runs background tasks, of every queue, until it is told to stop."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False)

    def handle(self, *, worker_id, **options):
        with alive(worker_id):
            super().handle(worker_id=worker_id, **options)
