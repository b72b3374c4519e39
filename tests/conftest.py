import pytest
from django.test import Client
from django.utils import translation

from network.core.catalogues import compile_catalogues
from tests.factories import CharterFactory

pytest_plugins = ["tests.plugins.database", "tests.plugins.files", "tests.plugins.mail"]


def pytest_configure():
    """What libraries say has words of ours, in English too: they are compiled before the first page is read."""
    compile_catalogues()


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
