"""Measures each page, and beside it the bare stack that sends as many bytes."""

import importlib
import time

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from . import load
from .mixed import NAME as MIXED
from .pages import a_group_of
from .site import family

CONNECTIONS = 16
# A table of fewer rows is read whole rather than by its index.
GROWS = 10_000
# Seconds to wait for idleness at most, and seconds of processor in a fifth of one that count as idle.
SETTLING, IDLE = 10, 0.02
_BUFFERS = "select blks_hit + blks_read from pg_stat_database where datname = current_database()"
_SCANS = "select relname, seq_scan from pg_stat_user_tables where n_live_tup > %s"


class Bench:
    """One run: the sessions, and who answers."""

    def __init__(self, seconds, reader):
        self.seconds = seconds
        self.reader = reader
        self.key = a_group_of(reader)
        self.sessions = {}
        with connection.cursor() as cursor:
            cursor.execute("show data_directory")
            [self.folder] = cursor.fetchone()
        with open(f"{self.folder}/postmaster.pid") as file:
            self.postgres = psutil.Process(int(file.readline()))
        self.web = None

    def cookie(self, member):
        """The session of a member, made once."""
        if member is None:
            return ""
        if member.pk not in self.sessions:
            session = importlib.import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(member.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = member.get_session_auth_hash()
            session.save()
            self.sessions[member.pk] = session.session_key
        return f"{settings.SESSION_COOKIE_NAME}={self.sessions[member.pk]}"

    def count(self, page):
        """What a page takes when it is asked for a second time, in this process: queries, bytes, buffers."""
        client = Client(
            SERVER_NAME="localhost", headers={"Accept-Language": "fr", "Cookie": self.cookie(page.member)}
        )
        client.get(page.path)
        before = self._buffers()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page.path)
        if response.status_code != 200:
            raise LookupError(f"{page.name}: {page.path} answers {response.status_code}.")
        return {
            "queries": len(queries),
            "bytes": len(response.content),
            "buffers": self._buffers() - before,
        }

    def _buffers(self):
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_force_next_flush()")
            cursor.execute(_BUFFERS)
            [buffers] = cursor.fetchone()
        return buffers

    def scans(self):
        """How often each table that grows was read whole until now."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_force_next_flush()")
            cursor.execute(_SCANS, [GROWS])
            return dict(cursor.fetchall())

    def measure(self, page, counted):
        """The figures of one page, which `count` has told about."""
        alone, many, cpu = self._ask(page.path, page.member)
        return {
            "page": page.name,
            **counted,
            "c1_p50_ms": alone.p50,
            **self._figures(many, cpu, page.member, counted["bytes"]),
            "failed": alone.failed + many.failed,
        }

    def measure_mixed(self, mixed):
        """The figures of the mixed load."""
        alone, _ = mixed.run(1, self.seconds)
        self._settle()
        before = self._cpu()
        answered, lasted = mixed.run(CONNECTIONS, 3 * self.seconds)
        many = answered.measured(lasted)
        cpu = self._since(before, many.requests)
        size = answered.bytes // many.requests
        return {
            "page": MIXED,
            "queries": 0,
            "bytes": size,
            "buffers": 0,
            "c1_p50_ms": alone.measured(lasted).p50,
            **self._figures(many, cpu, mixed.bench.reader, size),
            "failed": alone.failed + many.failed,
        }

    def _figures(self, many, cpu, member, size):
        bare = self._bare(member, size)
        return {
            "rps": many.rps,
            "p50_ms": many.p50,
            "p99_ms": many.p99,
            "cpu_ms": round(sum(cpu), 2),
            "cpu_web_ms": round(cpu[0], 2),
            "cpu_postgres_ms": round(cpu[1], 2),
            "bare_ms": round(bare, 2),
            "bare_ratio": round(sum(cpu) / bare, 2),
        }

    def static_file(self):
        """Requests a second of a static file, so that another machine's figures can be set beside these."""
        return self._ask(f"{settings.STATIC_URL}icons/boucle.svg", None)[1].rps

    def _bare(self, member, size):
        """Processor time in milliseconds of the bare stack, for about as many bytes (a power of two).

        Asked for anew beside each page: what else the machine does costs both alike.
        """
        return sum(self._many(f"/bench/{self.key}/{1 << (size - 1).bit_length()}/", member)[1])

    def _ask(self, path, member):
        alone = self._wrk(path, member, 1)
        many, cpu = self._many(path, member)
        return alone, many, cpu

    def _many(self, path, member):
        self._settle()
        before = self._cpu()
        many = self._wrk(path, member, CONNECTIONS)
        # At once: what waits when wrk ends is answered later, and wrk doesn't count it.
        return many, self._since(before, many.requests)

    def _wrk(self, path, member, connections):
        headers = {"Accept-Language": "fr"}
        if member:
            headers["Cookie"] = self.cookie(member)
        url = f"http://127.0.0.1:{settings.PORT}{path}"
        return load.wrk(url, connections=connections, seconds=self.seconds, headers=headers)

    def _settle(self):
        """Wait until what was asked for last is answered, so that it isn't counted to what comes next."""
        until, used = time.monotonic() + SETTLING, sum(self._cpu())
        while time.monotonic() < until:
            time.sleep(0.2)
            before, used = used, sum(self._cpu())
            if used - before < IDLE:
                return

    def _since(self, before, requests):
        return [1000 * (b - a) / max(1, requests) for a, b in zip(before, self._cpu(), strict=True)]

    def _cpu(self):
        return load.cpu_of(family(self.web)), load.cpu_of(family(self.postgres))
