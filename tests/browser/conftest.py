import os
import signal
import threading

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import sync_playwright

from network.core import postgres
from tests.plugins.site import Site, free_port

from .chromium import launch
from .people import Mail, Person


def pytest_collection_modifyitems(items):
    """One process walks them all: they share one site and one browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def mail():
    """What the site sent, by SMTP, to a real server."""
    received = Mail()
    server = Controller(received, hostname="127.0.0.1", port=free_port())
    server.start()
    received.port = server.port
    yield received
    server.stop()


@pytest.fixture(scope="session")
def site(migrated_dump, mail, tmp_path_factory):
    """The whole site with the demonstration network, its seconds for thinking made few."""
    folder = tmp_path_factory.mktemp("browser") / "var"
    site = Site.set_up(
        folder,
        migrated_dump,
        DEMO="1",
        STYLEGUIDE="1",
        RELEASE_DELAY="4",
        EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
    )
    site.start().wait()
    # Nobody reads on: what it says later must not fill the pipe.
    threading.Thread(target=site.main.stdout.read, daemon=True).start()
    yield site
    os.killpg(site.main.pid, signal.SIGTERM)
    site.main.wait(timeout=60)
    postgres.remove(folder)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium, site):
    """Makes people who come to the site, each with a browser of their own; at the end none met a fault."""
    people = []

    def come(**how):
        people.append(Person(chromium, site, **how))
        return people[-1]

    yield come
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.context.close()
    assert not faults, "\n".join(faults)
