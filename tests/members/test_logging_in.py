"""The pages that protect an account: addresses, two-step login, and where one is logged in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from network.members.templatetags.browsers import browser
from tests.factories import MemberFactory
from tests.factories.members import PASSWORD

pytestmark = pytest.mark.django_db

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
MACHINES = [
    (f"{WINDOWS}; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
    (
        f"{WINDOWS}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
        "Edge on Windows",
    ),
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
        "Chrome on Android",
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) "
        "Version/18.5 Mobile/15E148 Safari/604.1",
        "Safari on iPhone",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.5 Safari/605.1",
        "Safari on Mac",
    ),
    ("a-reader-of-feeds/1.0", "a-reader-of-feeds/1.0"),
    ("x" * 200, "x" * 59 + "…"),
    ("", "Unknown browser"),
]


@pytest.mark.parametrize(("user_agent", "words"), MACHINES)
def test_a_browser_is_told_in_words_that_people_know(user_agent, words):
    assert browser(user_agent) == words


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def at_home(client, member):
    """Who has just logged in, and just shown once more who it is."""
    logged_in = {"login": member.email, "password": PASSWORD}
    client.post("/accounts/login/", logged_in, headers={"User-Agent": MACHINES[0][0]})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_where_one_is_logged_in_names_the_browsers_and_marks_this_one(at_home, member):
    logged_in = {"login": member.email, "password": PASSWORD}
    Client().post("/accounts/login/", logged_in, headers={"User-Agent": MACHINES[3][0]})
    page = text_of(at_home, "/accounts/sessions/")
    assert page.index("Firefox on Windows") < page.index("This device")
    assert page.count("This device") == 1
    assert page.count("Safari on iPhone") == 1
    at_home.post("/accounts/sessions/")
    assert "Safari on iPhone" not in text_of(at_home, "/accounts/sessions/")


def test_each_address_offers_what_can_be_done_with_it(at_home, member):
    page = text_of(at_home, "/accounts/email/")
    assert "Main address" in page
    assert 'name="action_' not in page.replace('name="action_add"', "")
    member.emailaddress_set.create(email="other@commune.example", verified=True)
    page = text_of(at_home, "/accounts/email/")
    assert 'name="action_primary"' in page
    assert 'name="action_send"' not in page
    member.emailaddress_set.create(email="new@commune.example", verified=False)
    assert 'name="action_send"' in text_of(at_home, "/accounts/email/")
    at_home.post("/accounts/email/", {"email": "new@commune.example", "action_remove": "1"})
    assert "new@commune.example is removed" in text_of(at_home, "/accounts/email/")


def test_a_refused_address_is_told_in_words_and_kept(at_home):
    response = at_home.post("/accounts/email/", {"email": "nobody", "action_add": "1"})
    page = response.content.decode()
    assert "look like an e-mail address" in page
    assert 'value="nobody"' in page


def test_two_step_login_shows_what_is_in_use(at_home, member):
    assert "Add an app" in text_of(at_home, "/accounts/2fa/")
    page = text_of(at_home, "/accounts/2fa/totp/activate/")
    assert 'id="authenticator_secret"' in page
    refused = at_home.post("/accounts/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "This code isn&#x27;t right." in refused
    TOTP.activate(member, "A" * 32)
    RecoveryCodes.activate(member)
    page = text_of(at_home, "/accounts/2fa/")
    assert "Remove the app" in page
    assert "10 codes are left." in page


def test_recovery_codes_are_shown_kept_and_made_anew(at_home, member):
    TOTP.activate(member, "A" * 32)
    codes = RecoveryCodes.activate(member).get_unused_codes()
    shown = text_of(at_home, "/accounts/2fa/recovery-codes/")
    assert all(code in shown for code in codes)
    assert codes[0] in text_of(at_home, "/accounts/2fa/recovery-codes/download/")
    assert "will no longer work" in text_of(at_home, "/accounts/2fa/recovery-codes/generate/")
    assert at_home.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    assert codes[0] not in text_of(at_home, "/accounts/2fa/recovery-codes/")


def test_the_app_is_removed_after_a_page_that_says_what_follows(at_home, member):
    TOTP.activate(member, "A" * 32)
    assert "your password alone protects your account" in text_of(at_home, "/accounts/2fa/totp/deactivate/")
    at_home.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=member).exists()


def test_a_key_needs_a_script_and_says_so(at_home):
    page = text_of(at_home, "/accounts/2fa/webauthn/add/")
    assert "<noscript>A passkey or security key needs JavaScript" in page
    assert "You have no key yet." in text_of(at_home, "/accounts/2fa/webauthn/")


def test_without_an_institutions_login_its_page_says_so(at_home):
    assert "login works here yet" in text_of(at_home, "/accounts/3rdparty/")


def test_a_new_password_leads_to_logging_in(client):
    assert 'href="/accounts/login/"' in text_of(client, "/accounts/password/reset/key/done/")
