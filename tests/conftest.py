import pytest
from django.conf import settings
from django.test import Client
from django.test.signals import setting_changed
from django.utils import translation

from network.core.catalogues import compile_catalogues
from tests.factories import CharterFactory

pytest_plugins = ["tests.plugins.database", "tests.plugins.files", "tests.plugins.mail"]


def pytest_configure():
    """What libraries say has words of ours, in English too: compiled, and read anew, before the first page."""
    if compile_catalogues():
        setting_changed.send(sender=None, setting="LOCALE_PATHS", value=settings.LOCALE_PATHS, enter=False)


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whichever language the one before ended in."""
    with translation.override("en"):
        yield


@pytest.fixture
def charter(db):
    """A charter in force."""
    return CharterFactory()


@pytest.fixture
def client_of():
    """The HTTP client of a member who is logged in."""

    def log_in(member, **headers):
        client = Client(headers={"Accept-Language": "en"} | headers)
        client.force_login(member)
        return client

    return log_in
