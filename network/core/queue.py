"""Which workers are alive: each holds a lock of the database for as long as it lives."""

import hashlib
from contextlib import contextmanager

import psycopg
from django.db import connection


def lock_number(worker_id: str) -> int:
    """The number of the advisory lock that stands for a worker."""
    return int.from_bytes(hashlib.sha256(worker_id.encode()).digest()[:8]) >> 1


@contextmanager
def alive(worker_id: str):
    """Hold the worker's lock, in a session outside the pool: it goes when the process does."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(%s)", [lock_number(worker_id)])
        yield


def living_locks() -> set[int]:
    """The advisory locks that are held in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks"
            " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return {row[0] for row in cursor.fetchall()}
