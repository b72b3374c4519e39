"""One migrated template, copied for each process of a test run and after each test that commits."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from network.core import postgres

CACHE = Path(settings.BASE_DIR) / ".cache"
KEPT_DUMPS = 3
RUN = hashlib.sha256(os.fsencode(settings.DATA_DIR)).hexdigest()[:10]
TEMPLATE = f"test_boucle_{RUN}_template"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The database of this process: a copy of the template, and again after each test that commits."""
    name = f"test_boucle_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        _ensure_template()
        _copy_template(name)
        _use(name)
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", lambda test: _copy_template(name)):
        yield
    with django_db_blocker.unblock():
        _disconnect()
        _drop(name)


def pytest_sessionfinish(session):
    """Leave nothing on a server that isn't this run's own."""
    if os.environ.get("DATABASE_URL") and "PYTEST_XDIST_WORKER" not in os.environ:
        _drop(TEMPLATE)


@pytest.fixture(scope="module")
def kept_database(django_db_setup, django_db_blocker):
    """What is committed in it stays until the end of the module: for what is too long to make for each test."""
    yield
    with django_db_blocker.unblock():
        _copy_template(connection.settings_dict["NAME"])


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker):
    """The address of one more database as the migrations leave it, for a site in processes of its own."""
    name = f"test_boucle_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_fresh"
    with django_db_blocker.unblock():
        _copy_template(name)
    yield database_address(name)
    with django_db_blocker.unblock():
        _drop(name)


@pytest.fixture(scope="session")
def migrated_dump(django_db_setup, django_db_blocker, tmp_path_factory):
    """A dump of a database as the migrations leave it, to be restored where one is needed."""
    name = f"test_boucle_{RUN}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_dumped"
    path = tmp_path_factory.mktemp("migrated") / "site.dump"
    with django_db_blocker.unblock():
        _copy_template(name)
        _program("pg_dump", "--format=custom", f"--file={path}", database_address(name))
        _drop(name)
    return path


def database_address(name):
    """The address, as libpq reads it, of one database of the tests' server."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        return postgres.embedded_url(settings.DATA_DIR, name)
    server, _, options = given.partition("?")
    return f"{server.rpartition('/')[0]}/{name}{'?' if options else ''}{options}"


def _ensure_template():
    """Make the template once a run: from the last dump if no migration changed since, else by migrating."""
    with _one_at_a_time():
        if _exists(TEMPLATE):
            return
        half = f"{TEMPLATE}_half"
        _drop(half)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{half}"')
        dump = CACHE / f"migrated-{_digest()}.dump"
        embedded = not os.environ.get("DATABASE_URL")
        if embedded and dump.exists():
            _program(
                "pg_restore", f"--dbname={database_address(half)}", "--exit-on-error", "--no-owner", str(dump)
            )
        else:
            _use(half)
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            _disconnect()
            if embedded:
                _keep(half, dump)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{TEMPLATE}"')


def _keep(name, dump):
    CACHE.mkdir(exist_ok=True)
    half = dump.with_suffix(f".{RUN}")
    _program("pg_dump", "--format=custom", f"--file={half}", database_address(name))
    half.rename(dump)
    dumps = sorted(CACHE.glob("migrated-*.dump"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in dumps[KEPT_DUMPS:]:
        old.unlink(missing_ok=True)


def _digest():
    base = Path(settings.BASE_DIR)
    digest = hashlib.sha256()
    files = [base / "requirements" / "base.txt", base / "network" / "settings.py"]
    for app in ("network", "groups", "blogs"):
        files += sorted((base / app).glob("**/migrations/*.py"))
    for path in files:
        digest.update(str(path.relative_to(base)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _program(name, *arguments):
    subprocess.run([postgres.programs_dir() / name, *arguments], check=True)


@contextlib.contextmanager
def _one_at_a_time():
    with (Path(settings.DATA_DIR) / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _copy_template(name):
    _disconnect()
    _drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}" STRATEGY FILE_COPY')


def _drop(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _exists(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _use(name):
    _disconnect()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _disconnect():
    connection.close()
    connection.close_pool()
