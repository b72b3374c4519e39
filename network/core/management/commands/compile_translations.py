from django.core.management.base import BaseCommand

from network.core.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles the translations that changed; needs no gettext."
    requires_system_checks = ()

    def handle(self, *, verbosity, **options):
        for path in compile_catalogues():
            if verbosity:
                self.stdout.write(f"Compiled {path.parents[1].name}/{path.name}.")
