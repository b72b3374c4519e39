"""The whole site as `make run` starts it, in processes of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import psutil
import psycopg
from django.conf import settings

from network.core import postgres

READY = "Ctrl-C stops everything."


class Site:
    """A site in processes of its own, with its state in `folder`."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.port = free_port()
        self.environment = environment

    @classmethod
    def set_up(cls, folder, dump, **environment):
        """A site that has been migrated, but not started."""
        folder.mkdir(parents=True)
        server = postgres.start(folder, durable=False)
        url = postgres.embedded_url(folder)
        subprocess.run(
            [postgres.programs_dir() / "pg_restore", f"--dbname={url}", "--no-owner", dump],
            check=True,
        )
        postgres.stop(folder)
        server.wait()
        return cls(folder, **environment)

    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def command(self, **other):
        given = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "DEMO": "0", "WEB_WORKERS": "1"}
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {
            "args": [sys.executable, "-W", "ignore", "manage.py", "run"],
            "cwd": settings.BASE_DIR,
            "env": kept | given | self.environment | other,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
        }

    def start(self):
        self.main = subprocess.Popen(**self.command(), start_new_session=True)
        return self

    def wait(self):
        said = []
        for line in self.main.stdout:
            said.append(line)
            if READY in line:
                return self
        raise AssertionError("The site doesn't start:\n" + "".join(said))

    def processes(self):
        return psutil.Process(self.main.pid).children(recursive=True)

    def process(self, words):
        """The child of the supervisor whose command holds these words."""
        for process in psutil.Process(self.main.pid).children():
            if process.status() != psutil.STATUS_ZOMBIE and words in " ".join(process.cmdline()):
                return process
        raise AssertionError(f"no process of the site is {words}")

    def health(self):
        with urllib.request.urlopen(f"http://localhost:{self.port}/health/", timeout=10) as answer:
            return json.load(answer)

    def database(self):
        return psycopg.connect(postgres.embedded_url(self.folder), autocommit=True)

    def stop(self, how=signal.SIGTERM):
        """Stop the site; returns what it said, its exit code, and the processes that it left."""
        started = [self.main.pid, *(process.pid for process in self.processes())]
        os.killpg(self.main.pid, how)
        said, _ = self.main.communicate(timeout=40)
        left = [pid for pid in started if psutil.pid_exists(pid)]
        return said, self.main.returncode, left


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
