"""What a member typed stands on the page that refuses it: nothing typed is lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from network.conversation.models import Contribution
from tests.factories import MemberFactory, MembershipFactory, TopicFactory

pytestmark = pytest.mark.django_db

TYPED = "<p>Half an hour of <strong>careful</strong> words.</p>"
PLAIN = "Half an hour of careful words."


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def amina(topic):
    return MembershipFactory(space=topic.space).member


def _send(client, topic):
    return client.post(
        f"/groups/{topic.space.slug}/topics/{topic.pk}/",
        {"body": TYPED, "body_format": "html", "language": "en"},
    )


def test_a_form_that_is_too_old_is_refused_in_words_and_found_again(topic, amina):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    client.force_login(amina)
    refused = _send(client, topic)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "This form is too old" in page
    assert PLAIN in page
    assert PLAIN in client.get(f"/groups/{topic.space.slug}/topics/{topic.pk}/").content.decode()


def test_a_form_sent_by_another_site_leaves_nothing_behind(topic):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    refused = _send(client, topic)
    assert refused.status_code == 403
    assert PLAIN not in refused.content.decode()
    assert settings.SESSION_COOKIE_NAME not in refused.cookies


def test_what_was_sent_to_a_topic_that_is_hidden_meanwhile_stands_on_the_page(client_of, topic, amina):
    Contribution.objects.filter(pk=topic.pk).update(moderation="hidden")
    refused = _send(client_of(amina), topic)
    assert refused.status_code == 404
    assert PLAIN in refused.content.decode()


def test_what_was_sent_by_whom_the_site_refuses_stands_on_the_page(client_of):
    held = MemberFactory(posting_restricted_until=timezone.now() + timedelta(days=1))
    refused = client_of(held).post("/write/", {"title": "A first post", "body": PLAIN, "language": "en"})
    assert refused.status_code == 403
    assert "you can't post for the time being" in refused.content.decode().replace("&#x27;", "'")
    assert PLAIN in refused.content.decode()


def test_what_was_sent_by_who_is_suspended_meanwhile_stands_on_the_page(client_of, topic):
    member = MembershipFactory(space=topic.space, member=MemberFactory(suspended=True)).member
    refused = _send(client_of(member), topic)
    assert refused.status_code == 403
    assert PLAIN in refused.content.decode()


def test_no_password_is_shown_again(client_of, amina):
    refused = client_of(amina).post(
        "/nowhere/", {"password1": "a long enough passphrase", "bio": "Some words"}
    )
    assert refused.status_code == 404
    assert "passphrase" not in refused.content.decode()
    assert "Some words" in refused.content.decode()
