"""A verification by e-mail domain is renewed twice a year; one by hand holds."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from network.members import tasks
from network.members.models import Member
from network.notifications.models import OutboxMail
from tests.factories import InstitutionFactory, MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    """Verified by an address of her institution, 166 days ago."""
    institution = InstitutionFactory(domains=["commune.example"])
    return MemberFactory(institution=institution, verified_until=timezone.now() + timedelta(days=13))


def link_in(mail):
    return re.search(r"/accounts/renew/\S+/", mail.text)[0]


def letters(member):
    return OutboxMail.objects.filter(to=member.email).order_by("pk")


def over(member):
    Member.objects.filter(pk=member.pk).update(verified_until=timezone.now() - timedelta(minutes=1))
    tasks.renew_verifications()
    member.refresh_from_db()


def test_the_address_is_asked_once_two_weeks_before_the_end(amina):
    MemberFactory(verified_until=timezone.now() + timedelta(days=15))
    for _again in range(2):
        tasks.renew_verifications()
    assert [mail.subject for mail in OutboxMail.objects.all()] == ["Is this address still yours?"]
    assert letters(amina).count() == 1


def test_who_answers_is_verified_for_another_half_year_without_logging_in(amina, client):
    tasks.renew_verifications()
    link = link_in(letters(amina).get())
    assert amina.email in client.get(link).content.decode()
    amina.refresh_from_db()
    assert amina.verified_until < timezone.now() + timedelta(days=15)
    assert client.post(link).status_code == 302
    amina.refresh_from_db()
    assert amina.verified_until > timezone.now() + timedelta(days=179)
    tasks.renew_verifications()
    assert letters(amina).count() == 1


def test_without_an_answer_it_lapses_and_the_member_is_told(amina, client):
    tasks.renew_verifications()
    over(amina)
    assert amina.status == "pending"
    assert letters(amina).last().subject == "Your verification has ended"
    client.post(link_in(letters(amina).last()))
    amina.refresh_from_db()
    assert amina.is_verified


def test_nobody_lapses_who_was_not_asked(amina):
    over(amina)
    assert amina.is_verified
    assert amina.verified_until > timezone.now() + timedelta(days=13)


@pytest.mark.parametrize("by", ["administrator", "delegate", "sso"])
def test_a_verification_by_hand_holds(charter, by):
    member = MemberFactory(verified_by=by, verified_until=None)
    tasks.renew_verifications()
    member.refresh_from_db()
    assert member.is_verified
    assert not OutboxMail.objects.exists()


def test_a_link_that_proves_nothing_is_refused_politely(amina, client):
    assert client.get("/accounts/renew/nonsense/").status_code == 410
    tasks.renew_verifications()
    link = link_in(letters(amina).get())
    Member.objects.filter(pk=amina.pk).update(email="other@commune.example")
    for method in (client.get, client.post):
        assert "no longer holds" in method(link).content.decode()


def test_a_suspended_member_is_not_verified_by_a_link(amina, client):
    tasks.renew_verifications()
    link = link_in(letters(amina).get())
    Member.objects.filter(pk=amina.pk).update(
        status="suspended", suspended_until=timezone.now() + timedelta(days=3)
    )
    client.post(link)
    amina.refresh_from_db()
    assert amina.status == "suspended"
