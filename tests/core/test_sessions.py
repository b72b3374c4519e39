"""The cookie of a session, when requests cross."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
NAME = settings.SESSION_COOKIE_NAME


@pytest.fixture
def browser():
    client = Client()
    client.force_login(MemberFactory())
    return client


def test_a_late_answer_to_a_request_of_an_earlier_session_keeps_the_newer_cookie(browser):
    earlier = Client()
    earlier.cookies[NAME] = browser.cookies[NAME].value
    browser.session.delete()
    assert NAME not in earlier.get("/groups/").cookies


def test_logging_out_takes_the_cookie_away(browser):
    assert browser.post("/accounts/logout/").cookies[NAME]["max-age"] == 0
