from django.core.management.base import BaseCommand, CommandError

from bench.seeding import seed
from network.core.refusals import Refused


class Command(BaseCommand):
    help = "Fills an empty, migrated database with a network of a given size, the same one each time."

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=float, default=1, help="1 is a network of 55,000 members")

    def handle(self, *, scale, **options):
        if not 0.01 <= scale <= 10:
            raise CommandError("The scale is a number from 0.01 to 10.")
        try:
            seed(scale, self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
