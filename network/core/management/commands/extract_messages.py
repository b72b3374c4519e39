import shutil

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from network.core.catalogues import languages


class Command(BaseCommand):
    help = "Extracts the words to translate into the catalogues of locale/; needs gettext."
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        if not shutil.which("xgettext"):
            raise CommandError("gettext is needed for this. On Debian and Ubuntu: apt install gettext")
        call_command(
            "makemessages",
            locale=languages(),
            ignore_patterns=["tests/*", "bench/*", "var/*", "docs/*"],
            add_location="file",
            no_obsolete=True,
            no_wrap=True,
            verbosity=verbosity,
        )
