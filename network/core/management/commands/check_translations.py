import shutil

from django.core.management.base import BaseCommand, CommandError

from network.core.catalogues import lacking

SHOWN = 20


class Command(BaseCommand):
    help = "Fails when words of the site lack a translation, or have a doubtful one."
    requires_system_checks = ()

    def handle(self, **options):
        if not shutil.which("xgettext"):
            self.stdout.write("xgettext isn't installed: words that no catalogue holds can't be found.")
        wrong = lacking()
        for path, lines in wrong.items():
            self.stderr.write(f"{path}: {len(lines)}")
            for line in lines[:SHOWN]:
                self.stderr.write(f"  {line}")
            if len(lines) > SHOWN:
                self.stderr.write(f"  … and {len(lines) - SHOWN} more")
        if wrong:
            raise CommandError("Translations are missing. `make messages` extracts what to translate.")
