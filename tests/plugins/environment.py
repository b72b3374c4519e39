"""The environment of a test run, set before any setting is read.

The tests run with the site's own settings, in a state folder of their own and, unless DATABASE_URL
names a server, on a PostgreSQL server of their own. Nothing of either is left behind.
"""

import atexit
import os
import shutil
import signal
import sys
import tempfile

from network.core import postgres

# What a developer's shell may hold for the real site.
OF_THE_SITE = (
    "ALLOWED_HOSTS",
    "BASE_URL",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "DEMO",
    "EMAIL_URL",
    "PORT",
    "RELEASE_DELAY",
    "SECRET_KEY",
    "STATIC_ROOT",
    "STYLEGUIDE",
    "TRUSTED_PROXIES",
)
# The processes that share the work are started by the first one and inherit its environment.
first_process = "PYTEST_XDIST_WORKER" not in os.environ

# The browser's driver keeps an event loop in the thread of the tests; they use the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

if first_process:
    for name in OF_THE_SITE:
        os.environ.pop(name, None)
    # Tests fill pages as nobody would; those of the limits switch them on.
    os.environ["LIMITS"] = "0"
    os.environ["SIGNUP_SECONDS"] = "0"
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="boucle-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)


def pytest_sessionstart(session):
    """Start the server that every process of this run uses."""
    if first_process and not session.config.option.collectonly:
        signal.signal(signal.SIGTERM, lambda *args: sys.exit(128 + signal.SIGTERM))
        if not os.environ.get("DATABASE_URL"):
            atexit.register(postgres.remove, os.environ["DATA_DIR"])
            postgres.start(os.environ["DATA_DIR"], durable=False)
