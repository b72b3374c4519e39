"""What keeps programs out at sign-up, and never a person: a message, and one more click."""

import re
import time
from unittest import mock

import pytest
from django.test import Client

from network.members.models import Member

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"


@pytest.fixture
def visitor(charter):
    return Client(headers={"Accept-Language": "en"})


def filled_in(page, **words):
    main = page[page.index("<main") : page.index("</main>")]
    hidden = dict(re.findall(r'name="(charter_\w+|begun)" value="([^"]*)"', main))
    return (
        hidden
        | {
            "name": "Amina El-Idrissi",
            "email": "amina@commune.example",
            "password1": "four words that nobody guesses",
            "accept": "on",
        }
        | words
    )


def seconds_ago(client, seconds):
    """The page as it was so many seconds ago."""
    with mock.patch("django.core.signing.time.time", return_value=time.time() - seconds):
        return client.get(SIGNUP).content.decode()


def test_what_no_person_sees_filled_in_is_said_and_emptied(visitor):
    page = visitor.get(SIGNUP).content.decode()
    again = visitor.post(SIGNUP, filled_in(page, website="https://spam.example")).content.decode()
    assert "please send the form again" in again
    assert 'value="amina@commune.example"' in again
    assert "spam.example" not in again
    assert not Member.objects.exists()
    assert visitor.post(SIGNUP, filled_in(again)).status_code == 302
    assert Member.objects.exists()


def test_faster_than_anybody_is_asked_once_more(visitor, settings):
    settings.SIGNUP_SECONDS = 2
    page = visitor.get(SIGNUP).content.decode()
    again = visitor.post(SIGNUP, filled_in(page)).content.decode()
    assert "faster than anybody reads" in again
    assert 'value="Amina El-Idrissi"' in again
    assert not Member.objects.exists()


def test_a_password_manager_is_fast_enough(visitor, settings):
    settings.SIGNUP_SECONDS = 2
    page = seconds_ago(visitor, 4)
    assert visitor.post(SIGNUP, filled_in(page)).status_code == 302


def test_a_form_that_never_came_from_a_page_is_refused(visitor, settings):
    settings.SIGNUP_SECONDS = 2
    page = seconds_ago(visitor, 4)
    for made_up in ("", "signup:1234:abcd"):
        assert visitor.post(SIGNUP, filled_in(page, begun=made_up)).status_code == 200
    assert not Member.objects.exists()
