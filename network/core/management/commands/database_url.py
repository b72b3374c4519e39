import os

from django.conf import settings
from django.core.management.base import BaseCommand

from network.core import postgres


class Command(BaseCommand):
    help = "Prints the address of the database, as psql and pg_dump read it."
    requires_system_checks = ()

    def handle(self, **options):
        self.stdout.write(os.environ.get("DATABASE_URL") or postgres.embedded_url(settings.DATA_DIR))
