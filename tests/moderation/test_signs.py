"""Signs of false profiles: shown to administrators, and nothing follows by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.conversation.models import Contribution, Follow
from network.members.models import Member
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db
PAGE = "/admin/members/signs/"


@pytest.fixture
def sofie(client_of, charter):
    return client_of(MemberFactory(name="Sofie", roles=["administrator"]))


def signs_of(client, member):
    page = client.get(PAGE).content.decode()
    if f"/admin/users/inspect/{member.pk}/" not in page:
        return None
    return page.split(f"/inspect/{member.pk}/")[1].split("</tr>")[0]


def test_following_very_many_people(sofie, monkeypatch):
    monkeypatch.setattr("network.moderation.signs.MANY_FOLLOWED", 3)
    eager, calm = MemberFactory(), MemberFactory()
    people = MemberFactory.create_batch(3)
    Follow.objects.bulk_create(Follow(follower=eager, followed=person) for person in people)
    Follow.objects.create(follower=calm, followed=eager)
    assert "Follows very many people" in signs_of(sofie, eager)
    assert signs_of(sofie, calm) is None


def test_the_same_text_again_and_again(sofie):
    spammer, calm = MemberFactory(), MemberFactory()
    for _number in range(3):
        ReplyFactory(author=spammer, body=f"<p>{'Buy our wonderful training today. ' * 3}</p>")
        ReplyFactory(author=calm, body="<p>Thank you!</p>")
    assert "same text" in signs_of(sofie, spammer)
    assert signs_of(sofie, calm) is None
    Contribution.objects.update(released_at=timezone.now() - timedelta(days=40))
    assert signs_of(sofie, spammer) is None


def test_a_throw_away_address(sofie):
    member = MemberFactory(email="x@yopmail.com", pending=True)
    assert "throw-away" in signs_of(sofie, member)


def test_the_very_photo_of_another(sofie):
    first, second, other = MemberFactory(), MemberFactory(), MemberFactory()
    for member, name in ((first, "abc"), (second, "abc"), (other, "def")):
        Member.objects.filter(pk=member.pk).update(photo=f"portraits/{member.pk}/{name}.webp")
    assert "very photo" in signs_of(sofie, first)
    assert "very photo" in signs_of(sofie, second)
    assert signs_of(sofie, other) is None


def test_an_empty_profile_is_said_beside_another_sign_only(sofie):
    long_ago = timezone.now() - timedelta(days=60)
    empty = {"job_title": "", "bio": "", "date_joined": long_ago}
    plain = MemberFactory(**empty)
    odd = MemberFactory(email="x@yopmail.com", **empty)
    assert signs_of(sofie, plain) is None
    assert "never filled in" in signs_of(sofie, odd)


def test_nothing_follows_by_itself(sofie):
    member = MemberFactory(email="x@yopmail.com")
    sofie.get(PAGE)
    member.refresh_from_db()
    assert (member.status, member.is_active) == ("active", True)


@pytest.mark.parametrize("roles", [[], ["editor"], ["moderator"]])
def test_nobody_else_sees_them(client_of, charter, roles):
    assert client_of(MemberFactory(roles=roles)).get(PAGE).status_code in (302, 403)


@pytest.mark.parametrize("number", [2, 20])
def test_the_number_of_profiles_costs_no_query(sofie, number, django_assert_max_num_queries):
    for row in range(number):
        MemberFactory(email=f"x{row}@yopmail.com")
    sofie.get(PAGE)
    with django_assert_max_num_queries(20):
        sofie.get(PAGE)
