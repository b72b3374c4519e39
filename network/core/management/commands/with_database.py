import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.core import postgres


class Command(BaseCommand):
    help = "Runs another command with the embedded database started for it, where DATABASE_URL names none."
    requires_system_checks = ()

    def run_from_argv(self, argv):
        command, *arguments = argv[2:]
        self.execute(command=command, arguments=arguments)

    def handle(self, *, command, arguments, **options):
        started = None
        if not os.environ.get("DATABASE_URL"):
            started = postgres.start(settings.DATA_DIR, durable=False)
        try:
            call_command(command, *arguments)
        finally:
            if started:
                postgres.stop(settings.DATA_DIR)
