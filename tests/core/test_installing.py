"""The site can be installed, and says so where there is no connection; it keeps no member's page for that."""

import re

import pytest
from django.contrib.staticfiles import finders
from pytest_django.asserts import assertContains

from tests.factories import CharterFactory, MemberFactory

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    icons = response.json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        assert finders.find(re.sub(r"^/static/", "", icon["src"]))


def test_the_manifest_speaks_the_readers_language(client):
    response = client.get("/manifest.webmanifest", headers={"Accept-Language": "nl"})
    assert response.json()["lang"] == "nl"
    assert "Accept-Language" in response["Vary"]


def test_the_service_worker_speaks_for_the_whole_site_and_is_asked_again_each_time(client):
    response = client.get("/service-worker.js")
    assert response["Content-Type"] == "text/javascript"
    assert "no-cache" in response["Cache-Control"]
    assertContains(response, 'const PAGE = "/offline/";')


def test_the_page_without_a_connection_is_the_same_for_everybody(client, client_of, charter):
    amina = MemberFactory(name="Amina")
    assert client_of(amina).get("/offline/").content == client.get("/offline/").content


def test_the_page_without_a_connection_speaks_all_three_languages(client):
    page = client.get("/offline/").content.decode()
    for words in ("hors connexion", "geen verbinding", "You are offline"):
        assert words in page


@pytest.mark.parametrize("address", ["/manifest.webmanifest", "/service-worker.js", "/offline/"])
def test_who_has_a_charter_to_accept_can_still_install_the_site(client_of, address):
    member = MemberFactory()
    CharterFactory()
    assert client_of(member).get(address).status_code == 200
