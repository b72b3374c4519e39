import errno
import fcntl
import http.client
import os
import signal
import socket
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from network.core import postgres
from network.core.catalogues import compile_catalogues
from network.core.processes import StopSignal, adopt_orphans, bury_orphans, end_with
from network.core.supervisor import Service, StartError, Supervisor, program

MANAGE = str(settings.BASE_DIR / "manage.py")
DEMONSTRATION = ("amina@demo.example", "pieter@demo.example", "sofie@demo.example")
PASSWORD = "boucle-demo"  # noqa: S105 (printed for everyone, and refused in production)


class Command(BaseCommand):
    help = "Runs the whole site on this machine: database, web, worker and scheduler."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--end-with-parent",
            action="store_true",
            help="stop when the process that started this one ends, however it ends",
        )

    def handle(self, *, end_with_parent, **options):
        if end_with_parent:
            end_with(os.getppid())
        os.umask(0o077)  # members' files and mail are nobody's business on a shared machine
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.own_database = postgres.wanted()
        self.environment = child_environment()
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, lambda *args: sys.exit(0))
        try:
            with self.alone():
                self.check_port()
                self.prepare_and_serve()
        except KeyboardInterrupt:
            self.say("Stopped.")

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    @contextmanager
    def alone(self):
        """One site at a time has this DATA_DIR."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.DATA_DIR / "run.lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise CommandError(
                    f"The site of {settings.DATA_DIR} runs already (process {file.read().strip()}). "
                    "For another one beside it: make run PORT=8001 DATA_DIR=var-2"
                ) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield

    def check_port(self):
        """Fail before anything is started if the address can't be listened on."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, settings.PORT))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    reason = "another program uses it. Choose another: make run PORT=8001"
                else:
                    reason = error.strerror
                raise CommandError(f"Port {settings.PORT} of {self.host} can't be used: {reason}") from None
            except OverflowError:
                raise CommandError(f"PORT is a number from 1 to 65535, not {settings.PORT}.") from None

    def prepare_and_serve(self):
        services = []
        adopt_orphans()
        try:
            if self.own_database:
                self.say("Starting PostgreSQL…")
                postgres.stop(settings.DATA_DIR)  # what a killed site may have left
                services.append(
                    Service(
                        "database",
                        start_postgres,
                        end=lambda: postgres.stop(settings.DATA_DIR),
                        process=postgres.start(settings.DATA_DIR),
                    )
                )
            self.prepare()
            services += self.processes()
            stop = StopSignal()
            supervisor = Supervisor(services, self.say)
            try:
                supervisor.run(stop, self.answers, self.welcome)
                self.say("\nStopping…")
            finally:
                supervisor.end(stop)
            self.say("Stopped.")
        except postgres.PostgresError as error:
            raise CommandError(str(error)) from None
        finally:
            if self.own_database:
                postgres.stop(settings.DATA_DIR)
            bury_orphans()

    def prepare(self):
        self.say("Preparing the database and the files…")
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("load_demo")
        # What follows starts processes: no connection, and no thread of the pool, may be open then.
        connection.close()
        connection.close_pool()

    def processes(self):
        manage = [sys.executable, MANAGE]
        web = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        web += ["--host", self.host, "--port", str(settings.PORT)]
        web += ["--workers", str(web_workers()), "--blocking-threads", "1"]
        web += ["--workers-kill-timeout", "10", "--respawn-failed-workers", "--no-ws"]
        web += ["--log-level", "warning", "--working-dir", str(settings.BASE_DIR)]
        web += ["network.wsgi:application"]
        return [
            Service("web server", program(web, self.environment)),
            Service("worker", program([*manage, "worker"], self.environment)),
            Service("scheduler", program([*manage, "scheduler"], self.environment)),
        ]

    def answers(self):
        """Whether the site answers, be it to say that something is wrong."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (read only)
        web = http.client.HTTPConnection(host, settings.PORT, timeout=5)
        try:
            web.request("GET", "/health/")
            web.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            web.close()
        return True

    def welcome(self):
        lines = ["", f"Boucle is ready:  {settings.BASE_URL}/", ""]
        if settings.DEMO:
            lines += ["Log in as one of three people of the demonstration network:"]
            lines += [f"  {address}  {PASSWORD}" for address in DEMONSTRATION]
            lines += [""]
        if folder := getattr(settings, "EMAIL_FILE_PATH", None):
            lines += [f"E-mails are written in {folder}"]
        lines += ["Ctrl-C stops everything.", ""]
        self.say("\n".join(lines))


def start_postgres():
    """The database of this site, started again after it died."""
    try:
        return postgres.start(settings.DATA_DIR)
    except postgres.PostgresError as error:
        raise StartError(str(error)) from error


def child_environment():
    """What the site's processes read: the caller's environment and this command's defaults."""
    return {
        "ALLOWED_HOSTS": ",".join([*settings.ALLOWED_HOSTS, socket.gethostname()]),
        "DJANGO_SETTINGS_MODULE": "network.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(settings.BASE_DIR),
    } | os.environ


def web_workers():
    """As many as there are cores: at least two, so that a slow page doesn't stop all; at most four."""
    given = os.environ.get("WEB_WORKERS", "")
    return int(given) if given.isdecimal() and int(given) else max(2, min(4, os.cpu_count() or 1))
