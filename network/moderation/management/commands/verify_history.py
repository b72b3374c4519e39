from django.core.management.base import BaseCommand, CommandError

from network.moderation.history import flaws
from network.moderation.models import CaseEvent


class Command(BaseCommand):
    help = (
        "Verifies that the history of the moderators' cases is the one that was written: each event seals the "
        "one before it, and none is missing. Ends with an error where one isn't."
    )

    def handle(self, **options):
        found = 0
        for flaw in flaws():
            found += 1
            self.stderr.write(f"Case {flaw.case}, event {flaw.event}: {flaw.what}.")
        if found:
            raise CommandError(f"{found} of the events are not as they were written.")
        self.stdout.write(f"All {CaseEvent.objects.count()} events are as they were written.")
