import logging

from django.core.management.base import BaseCommand, CommandError

from network.core.refusals import Refused
from network.demo.loading import load


class Command(BaseCommand):
    help = "Loads the demonstration network into an empty database, once."
    requires_system_checks = ()

    def handle(self, **options):
        # Each page that is published says so: not here.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        try:
            loaded = load(self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if loaded:
            self.stdout.write("The demonstration network is loaded.")
