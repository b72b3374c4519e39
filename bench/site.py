"""The site as production runs it, on the loopback alone."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
from django.conf import settings

from network.core.processes import bound_to_me, end_groups
from network.core.refusals import Refused

WORKERS = 2
SLOW_MS = 50
# What PostgreSQL notes of queries that take longer: their plan, in its log.
EXPLAINED = (
    "-c session_preload_libraries=auto_explain -c auto_explain.log_analyze=on -c auto_explain.log_timing=off "
    f"-c auto_explain.log_buffers=on -c auto_explain.log_min_duration={SLOW_MS}ms"
)


@contextmanager
def serving():
    """Start the web server with two workers; gives its process, which is ended afterwards."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(settings.PORT), "--workers", str(WORKERS), "--blocking-threads", "1", "--no-ws"]
    command += ["--log-level", "warning", "--working-dir", str(settings.BASE_DIR), "network.wsgi:application"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "network.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
        "PGOPTIONS": EXPLAINED,
        # What is written is there at once: no worker runs beside.
        "RELEASE_DELAY": "0",
    }
    server = subprocess.Popen(
        command, env=environment, start_new_session=True, preexec_fn=bound_to_me(), stdin=subprocess.DEVNULL
    )
    try:
        _wait(server)
        yield psutil.Process(server.pid)
    finally:
        end_groups([server], 10)


def _wait(server):
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/health/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise Refused("The site doesn't start.")


def slow_queries(folder, since):
    """How many queries PostgreSQL noted as too slow in its log under `folder` since a moment (of time.time)."""
    logs = [path for path in Path(folder, "log").glob("*.log") if path.stat().st_mtime >= since]
    began = datetime.fromtimestamp(since, UTC).strftime("%Y-%m-%d %H:%M:%S")
    lines = (line for path in logs for line in path.read_text(errors="replace").splitlines())
    return sum(line[:19] >= began and "  plan:" in line for line in lines)


def family(process):
    """A process with all that it started."""
    return [process, *process.children(recursive=True)]


def memory_of(process):
    """Megabytes that a process and its children hold, what they share counted once."""
    return sum(one.memory_full_info().pss for one in family(process)) / 1e6
