"""Keyboard shortcuts are listed, and each member may turn them off."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
LISTED = "data-shortcuts "


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


def test_members_have_them_and_visitors_do_not(amina, client, client_of):
    assertContains(client_of(amina).get("/feed/"), LISTED)
    assertNotContains(client.get("/charter/"), LISTED)


def test_they_are_turned_off_where_one_is_and_on_again_in_the_profile(amina, client_of):
    client = client_of(amina)
    assertRedirects(
        client.post("/me/shortcuts/", {"next": "/groups/"}), "/groups/", fetch_redirect_response=False
    )
    assertNotContains(client.get("/feed/"), LISTED)
    client.post(
        "/me/profile/", {"name": "Amina", "handle": amina.handle, "language": "en", "shortcuts": "on"}
    )
    assertContains(client.get("/feed/"), LISTED)


def test_turning_them_off_leads_to_no_other_site(amina, client_of):
    response = client_of(amina).post("/me/shortcuts/", {"next": "https://elsewhere.example/"})
    assert response["Location"] == "/me/profile/"
