"""Which processes are alive: each worker, and the one scheduler, holds a lock of the database while it lives.

As a program, it says whether one is: `python -m network.core.queue worker-1`. It reads the database's
address from DATABASE_URL or the file that DATABASE_URL_FILE names, and starts nothing else, so that a
health check costs little.
"""

import hashlib
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

HELD = """
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def lock_number(name: str) -> int:
    """The number of the advisory lock that stands for a process of that name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> 1


@contextmanager
def holding(name: str):
    """Hold a process's lock, in a session outside the pool: it goes when the process does.

    Yields that session, or None when another process holds the lock.
    """
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
        taken = session.execute("SELECT pg_try_advisory_lock(%s)", [lock_number(name)]).fetchone()[0]
        yield session if taken else None


def living_locks() -> set[int]:
    """The advisory locks that are held in this database."""
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        return {row[0] for row in cursor.fetchall()}


def is_alive(name: str, address: str) -> bool:
    """Whether the process of that name holds its lock, in the database at `address`."""
    with psycopg.connect(address, connect_timeout=5) as session:
        return (lock_number(name),) in session.execute(HELD).fetchall()


if __name__ == "__main__":
    url = os.environ.get("DATABASE_URL") or Path(os.environ["DATABASE_URL_FILE"]).read_text().strip()
    sys.exit(not is_alive(sys.argv[1], url))
