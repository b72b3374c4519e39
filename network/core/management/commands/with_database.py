import argparse

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.core import postgres


class Command(BaseCommand):
    help = "Runs another command with the embedded database started for it, where DATABASE_URL names none."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("name", help="the other command")
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *, name, arguments, **options):
        started = None
        if postgres.wanted():
            started = postgres.start(settings.DATA_DIR)
        try:
            call_command(name, *arguments)
        finally:
            if started:
                postgres.stop(settings.DATA_DIR)
