"""Static files by their plain names: a test run collects none."""

import pytest
from django.conf import settings
from django.test import override_settings

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(scope="session", autouse=True)
def plain_static_files():
    """Serve static files from where they are written."""
    with override_settings(STORAGES=settings.STORAGES | PLAIN):
        yield
