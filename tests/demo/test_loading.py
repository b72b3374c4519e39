"""The demonstration network, loaded once for all these tests."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from io import StringIO

import psycopg
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from blogs.models import Blog
from groups.models import Group, Topic
from network.charter.models import Acceptance
from network.conversation.models import Contribution
from network.core import postgres
from network.core.audit import record
from network.members.models import Member
from network.moderation.models import Case
from network.notifications.models import Notification, OutboxMail
from network.pages.models import NewsPage
from tests.plugins.database import database_address

PASSWORD = "boucle-demo"
# Of the private and the hidden group: a title of each, and what only the hidden group's card would show.
CLOSED = ("Premier entretien avec une personne qui signale", "Wachtrol van de komende weken")
HIDDEN = ("Crisiscommunicatie", "porte-parole de garde")
MOST_PAGES = 150


@pytest.fixture(scope="module")
def demonstration(kept_database, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        call_command("load_demo", stdout=StringIO())


@pytest.fixture(autouse=True)
def network(demonstration, db):
    with override_settings(DEMO=True):
        yield


def logged_in(email):
    client = Client(headers={"Accept-Language": "en"})
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_a_dump_of_the_database_restores_with_its_search(tmp_path):
    dump, place = tmp_path / "network.dump", connection.settings_dict["NAME"]
    copy = f"{place}_restored"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}"')
    try:
        programs, given = postgres.programs_dir(), database_address(place)
        subprocess.run([programs / "pg_dump", "--format=custom", f"--file={dump}", given], check=True)
        to = database_address(copy)
        subprocess.run(
            [programs / "pg_restore", f"--dbname={to}", "--exit-on-error", "--no-owner", dump], check=True
        )
        found = (
            "select count(*) from conversation_contribution"
            " where search @@ websearch_to_tsquery('boucle_fr', 'fonctionnaire')"
        )
        with psycopg.connect(given) as before, psycopg.connect(to) as after:
            count = before.execute(found).fetchone()
            assert count > (0,)
            assert after.execute(found).fetchone() == count
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def test_it_is_as_large_as_announced():
    assert Member.objects.count() >= 40
    assert Member.objects.filter(status="pending").count() == 2
    assert Group.objects.count() == 10
    assert set(Group.objects.values_list("visibility", flat=True)) == {
        "public",
        "network",
        "private",
        "hidden",
    }
    assert Group.objects.filter(official=True).count() == 1
    assert Topic.objects.exclude(released_at=None).count() >= 60
    assert Blog.objects.count() == 12


def test_a_second_load_changes_nothing_and_asks_one_question(django_assert_num_queries):
    before = Contribution.objects.count()
    with django_assert_num_queries(1):
        call_command("load_demo", stdout=StringIO())
    assert Contribution.objects.count() == before


def test_it_is_refused_outside_a_demonstration():
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


def test_it_is_refused_where_there_are_other_members():
    Member.objects.filter(email="amina@demo.example").update(email="someone@commune.example")
    with pytest.raises(CommandError, match="has members"):
        call_command("load_demo")


def test_every_counter_is_right():
    call_command("rebuild_counters", "--check", stdout=StringIO())


def test_it_happened_over_months_and_not_in_the_future():
    released = Contribution.objects.exclude(released_at=None).order_by("released_at")
    assert timezone.now() - released.first().released_at > timedelta(days=100)
    assert released.last().released_at < timezone.now()
    assert not Contribution.objects.filter(created_at__gt=timezone.now()).exists()


def test_nothing_waits_to_be_released():
    assert not Contribution.objects.filter(released_at=None, published_at__isnull=False).exists()


def test_no_letter_leaves():
    assert not OutboxMail.objects.exists()


def test_each_member_accepted_the_charter_in_their_language():
    for acceptance in Acceptance.objects.select_related("member"):
        assert acceptance.language == acceptance.member.language
    assert Acceptance.objects.count() == Member.objects.count()


def test_cases_are_open_decided_and_appealed():
    states = set(Case.objects.values_list("state", flat=True))
    assert {"received", "decided", "appealed"} <= states


def test_pages_tell_the_news_in_three_languages():
    assert NewsPage.objects.live().count() == 9
    assert NewsPage.objects.values("translation_key").distinct().count() == 3


@pytest.mark.parametrize("name", ["amina", "pieter", "sofie"])
def test_the_three_accounts_log_in_and_have_news(name):
    client = logged_in(f"{name}@demo.example")
    assert client.get("/feed/").status_code == 200
    assert Notification.objects.filter(recipient__email=f"{name}@demo.example", read_at=None).exists()


def test_roles_are_those_of_the_three_people():
    roles = {
        name: Member.objects.get(email=f"{name}@demo.example").roles for name in ("amina", "pieter", "sofie")
    }
    assert roles == {"amina": set(), "pieter": {"moderator"}, "sofie": {"administrator", "editor"}}


def test_a_visitor_who_follows_every_link_meets_no_closed_word_and_no_error():
    client, seen, waiting = Client(headers={"Accept-Language": "fr"}), set(), ["/fr/", "/groups/", "/blogs/"]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code in (200, 301, 302, 403), path
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        for words in CLOSED + HIDDEN:
            assert words not in page, f"{words!r} shows on {path}"
        waiting += [
            link for link in re.findall(r'href="(/[^"#?]*)"', page) if not link.startswith("/static/")
        ]
    assert len(seen) > 60


def test_closed_groups_are_read_by_their_members_alone():
    words = Contribution.objects.filter(space__visibility="hidden")
    assert not words.visible_to(AnonymousUser()).exists()
    assert not words.visible_to(Member.objects.get(email="amina@demo.example")).exists()
    owner = Member.objects.get(memberships__space__visibility="hidden", memberships__role="owner")
    assert words.visible_to(owner).count() == words.count()


def test_a_site_in_production_refuses_these_accounts():
    with override_settings(DEMO=False):
        found = run_checks(tags=["security"], include_deployment_checks=True)
    assert "core.E002" in {message.id for message in found}


def test_the_clock_shows_the_real_time_again():
    pieter = Member.objects.get(email="pieter@demo.example")
    assert abs(record(pieter, "look", pieter).at - datetime.now(tz=UTC)) < timedelta(minutes=1)
