"""Measures each page, and beside it the bare stack that sends as many bytes."""

import importlib

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from . import load
from .pages import a_group_of
from .site import family

CONNECTIONS = 16


class Bench:
    """One run: sessions, the bare stack's figures by size, and who answers."""

    def __init__(self, seconds, reader):
        self.seconds = seconds
        self.key = a_group_of(reader)
        self.sessions, self.bare = {}, {}
        with connection.cursor() as cursor:
            cursor.execute("show data_directory")
            [folder] = cursor.fetchone()
        with open(f"{folder}/postmaster.pid") as file:
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
        """(number of queries, bytes) of a page that is asked for a second time, in this process."""
        client = Client(
            SERVER_NAME="localhost", headers={"Accept-Language": "fr", "Cookie": self.cookie(page.member)}
        )
        client.get(page.path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(page.path)
        if response.status_code != 200:
            raise LookupError(f"{page.name}: {page.path} answers {response.status_code}.")
        return len(queries), len(response.content)

    def measure(self, page, queries, size):
        """The figures of one page."""
        alone, many, cpu = self._ask(page.path, page.member)
        bare = self._bare(page.member, size)
        return {
            "page": page.name,
            "queries": queries,
            "bytes": size,
            "c1_p50_ms": alone.p50,
            "rps": many.rps,
            "p50_ms": many.p50,
            "p99_ms": many.p99,
            "cpu_ms": round(sum(cpu), 2),
            "cpu_web_ms": round(cpu[0], 2),
            "cpu_postgres_ms": round(cpu[1], 2),
            "bare_ratio": round(sum(cpu) / bare, 2),
            "failed": alone.failed + many.failed,
        }

    def static_file(self):
        """Requests a second of a static file, so that another machine's figures can be set beside these."""
        return self._ask(f"{settings.STATIC_URL}icons/boucle.svg", None)[1].rps

    def _bare(self, member, size):
        """Processor time in milliseconds of the bare stack, for about as many bytes (a power of two)."""
        about = 1 << (size - 1).bit_length()
        known = (member is not None, about)
        if known not in self.bare:
            self.bare[known] = sum(self._ask(f"/bench/{self.key}/{about}/", member)[2])
        return self.bare[known]

    def _ask(self, path, member):
        headers = {"Accept-Language": "fr"}
        if member:
            headers["Cookie"] = self.cookie(member)
        url = f"http://127.0.0.1:{settings.PORT}{path}"
        alone = load.wrk(url, connections=1, seconds=self.seconds, headers=headers)
        before = self._cpu()
        many = load.wrk(url, connections=CONNECTIONS, seconds=self.seconds, headers=headers)
        cpu = [1000 * (b - a) / max(1, many.requests) for a, b in zip(before, self._cpu(), strict=True)]
        return alone, many, cpu

    def _cpu(self):
        return load.cpu_of(family(self.web)), load.cpu_of(family(self.postgres))
