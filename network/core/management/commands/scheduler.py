import logging
import random

import psycopg
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules

from network.core.processes import StopSignal
from network.core.queue import holding
from network.core.schedule import jobs, run_due

logger = logging.getLogger("network.scheduler")

# One process of the site has this name at a time; others stand by.
NAME = "scheduler"
LONGEST_WAIT = 30


class Command(BaseCommand):
    help = "Calls what is due (releases, digests, retries) until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="call everything once, and end")

    def handle(self, *, interval, once, **options):
        autodiscover_modules("tasks")
        if once:
            run_due(jobs())
            return
        stop = StopSignal()
        logger.info("The scheduler watches %d jobs.", len(jobs()))
        wait = interval
        while not stop:
            try:
                with holding(NAME) as session:
                    while session and not stop:
                        run_due(jobs(), after_failure=lambda: session.execute("SELECT 1"))
                        close_old_connections()
                        session.execute("SELECT 1")
                        wait = interval
                        stop.wait(interval)
            except psycopg.Error as error:
                logger.warning("The database doesn't answer (%s); trying again.", str(error).strip())
                wait = min(wait * 2, LONGEST_WAIT)
            stop.wait(wait * random.uniform(0.8, 1.2))  # noqa: S311
        logger.info("The scheduler stops.")
