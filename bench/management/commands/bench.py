import os
import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from bench import load, report
from bench.measuring import Bench
from bench.mixed import NAME as MIXED
from bench.mixed import Mixed
from bench.pages import pages, reader
from bench.seeding.figures import Figures
from bench.site import SLOW_MS, memory_of, serving, slow_queries
from network.core import postgres
from network.core.catalogues import compile_catalogues
from network.core.refusals import Refused
from network.members.models import Member


class Command(BaseCommand):
    help = "Measures the pages of the site on a seeded database, and checks the budgets."

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=int, default=3, help="for each of two runs a page, at most 30")
        parser.add_argument("--only", default="", help="pages whose name holds these words")
        parser.add_argument("--keep", action="store_true", help="write the figures to bench/results")

    def handle(self, *, seconds, only, keep, **options):
        if not 1 <= seconds <= 30:
            raise CommandError("A run takes from 1 to 30 seconds.")
        started = postgres.start(settings.DATA_DIR) if postgres.wanted() else None
        try:
            load.require_wrk()
            over = self.run(seconds, only, keep)
        except (Refused, LookupError, postgres.PostgresError) as error:
            raise CommandError(str(error)) from None
        finally:
            connection.close()
            connection.close_pool()
            if started:
                postgres.stop(settings.DATA_DIR)
        if over:
            raise CommandError("Over budget:\n  " + "\n  ".join(over))

    def run(self, seconds, only, keep):
        compile_catalogues()
        call_command("collectstatic", interactive=False, verbosity=0)
        chosen = [page for page in pages() if only in page.name]
        bench = Bench(seconds, reader())
        counted = {page: bench.count(page) for page in chosen}
        mixed = Mixed(bench, chosen) if only in MIXED else None
        scale = round(Member.objects.count() / Figures.at(1).members, 2)
        scans, began = bench.scans(), time.time()
        _close()
        rows = []
        with serving() as web:
            bench.web = web
            static = bench.static_file()
            for page in chosen:
                rows.append({"scale": scale, **bench.measure(page, counted[page])})
                self.stderr.write(f"  {page.name}")
            if mixed:
                rows.append({"scale": scale, **bench.measure_mixed(mixed)})
            megabytes = memory_of(web)
        read_whole = [table for table, count in bench.scans().items() if count > scans.get(table, 0)]
        lost = mixed.lost() if mixed else []
        slow = slow_queries(bench.folder, began)
        _close()
        self.stdout.write(report.table(rows, report.committed()))
        self.stdout.write(
            f"A static file: {static:.0f} requests a second. Web processes: {megabytes:.0f} MB. "
            f"Load of the machine: {os.getloadavg()[1]:.1f}."
        )
        over = report.over_budget(rows, {page.name: page.most_queries for page in chosen})
        if keep:
            report.keep(rows)
        if megabytes > report.MOST_MEGABYTES:
            over.append(f"{megabytes:.0f} MB of memory")
        if slow:
            over.append(f"{slow} queries took more than {SLOW_MS} ms: their plans are in {bench.folder}/log")
        return over + lost + [f"{table} was read whole" for table in read_whole]


def _close():
    """What follows starts processes or ends the server: no thread of the pool may be open then."""
    connection.close()
    connection.close_pool()
