from django.core.management.base import BaseCommand, CommandError

from network.conversation import counters


class Command(BaseCommand):
    help = "Compare every counter with what the rows say, in SQL of its own, and set right what drifted."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Report drift and change nothing.")

    def handle(self, *args, check=False, **options):
        drift = counters.drifted() if check else counters.rebuild()
        for name, rows in drift.items():
            self.stdout.write(f"{name}: {rows}")
        if check and any(drift.values()):
            raise CommandError("Counters have drifted: run the command without --check to set them right.")
        if not any(drift.values()):
            self.stdout.write("No counter has drifted.")
