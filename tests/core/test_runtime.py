"""The whole site as `make run` starts it: it starts, stops, and survives the death of any part."""

import signal
import subprocess
import time

import psutil
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from network.core import postgres
from tests.plugins.site import Site, free_port

pytestmark = [pytest.mark.runtime, pytest.mark.xdist_group("runtime")]


@pytest.fixture
def make_site(migrated_dump):
    """Makes sites that have been set up, but not started; ends what is left of them."""
    sites = []

    def make(folder, **environment):
        sites.append(Site.set_up(folder, migrated_dump, **environment))
        return sites[-1]

    yield make
    for site in sites:
        if hasattr(site, "main") and site.main.poll() is None:
            site.stop(signal.SIGKILL)
        postgres.remove(site.folder)


def test_two_sites_run_side_by_side_and_leave_nothing(make_site, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    long = make_site(closed / ("a-long-name-" * 10) / "var")
    other = make_site(tmp_path / "other")
    long.start()
    other.start()
    long.wait()
    other.wait()
    assert long.health() == other.health() == {"database": True, "queue": True, "storage": True}
    same_folder = subprocess.run(**long.command(PORT=str(free_port())), check=False, timeout=60)
    assert same_folder.returncode == 1
    assert f"runs already (process {long.main.pid})" in same_folder.stdout
    same_port = subprocess.run(**long.command(DATA_DIR=str(tmp_path / "third")), check=False, timeout=60)
    assert same_port.returncode == 1
    assert "another program uses it" in same_port.stdout
    assert not (tmp_path / "third" / "postgres").exists()

    for site, how in ((long, signal.SIGTERM), (other, signal.SIGINT)):
        said, code, left = site.stop(how)
        assert (code, left) == (0, [])
        assert said.endswith("Stopped.\n")
    assert not postgres.running(long.folder)


class Received(Message):
    """What a mail server got: how often each address was written to."""

    def __init__(self):
        super().__init__()
        self.to = []

    def handle_message(self, message):
        self.to.append(message["To"])


@pytest.fixture
def mail_server():
    received = Received()
    server = Controller(received, hostname="127.0.0.1", port=free_port())
    server.start()
    yield server, received
    server.stop()


def test_a_mail_leaves_once_whatever_is_killed_and_all_comes_back(make_site, mail_server, tmp_path):
    server, received = mail_server
    site = make_site(tmp_path / "var", EMAIL_URL=f"smtp://127.0.0.1:{server.port}").start().wait()
    for victim in ("manage.py worker", "manage.py scheduler", "postgres -D"):
        process = site.process(victim)
        with site.database() as session:
            leave_mail(session, f"{victim.split()[-1].strip('-').lower()}@brussels.example")
        process.kill()
    started = site.processes()
    site.main.kill()
    site.main.wait()
    assert psutil.wait_procs(started, timeout=30)[1] == []

    site.start().wait()
    wanted = ["d@brussels.example", "scheduler@brussels.example", "worker@brussels.example"]
    deadline = time.monotonic() + 40
    while len(set(received.to)) < len(wanted) and time.monotonic() < deadline:
        time.sleep(0.2)
    with site.database() as session:
        waiting = session.execute(
            "SELECT count(*) FROM notifications_outboxmail WHERE sent_at IS NULL"
        ).fetchone()[0]
    assert waiting == 0
    assert sorted(received.to) == wanted

    all_come_back(site, killing=("granian", "manage.py worker", "manage.py scheduler", "postgres -D"))
    assert site.stop()[1:] == (0, [])


def leave_mail(session, to):
    session.execute(
        "INSERT INTO notifications_outboxmail"
        ' (key, "to", language, subject, text, html, headers, created_at, due_at, attempts, error)'
        " VALUES (gen_random_uuid(), %s, 'en', 'News', 'Some words', '', '{}', now(), now(), 0, '')",
        [to],
    )


def all_come_back(site, killing):
    """Kill these parts of the running site, and wait until it is whole again."""
    killed = {words: site.process(words).pid for words in killing}
    for words in killing:
        site.process(words).kill()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if site.health()["database"] and all(
                site.process(words).pid != killed[words] for words in killed
            ):
                return
        except (AssertionError, OSError, psutil.Error):
            time.sleep(0.2)
    raise AssertionError("not all came back")
