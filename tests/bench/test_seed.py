"""The network that is measured: as large as it says, and in order."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bench.seeding import seed
from bench.seeding.figures import Figures
from groups.models import Group
from network.conversation.models import Contribution, Space
from network.core.refusals import Refused
from network.discovery.search import search
from network.members.models import Member
from network.moderation.models import Case, Decision

SCALE = 0.01


@pytest.fixture(scope="module")
def plan(kept_database, django_db_blocker):
    with django_db_blocker.unblock():
        return seed(SCALE)


@pytest.fixture(autouse=True)
def within(plan, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_there_is_as_much_as_the_figures_say(plan):
    figures = Figures.at(SCALE)
    assert Member.objects.count() == figures.members == 550
    assert Group.objects.count() == figures.groups
    assert Contribution.objects.filter(kind="post").count() == figures.posts
    assert Contribution.objects.filter(kind="topic").count() == figures.topics
    assert Contribution.objects.filter(kind="reply").count() == figures.replies + figures.comments
    assert Decision.objects.count() == figures.decided_cases
    assert Case.objects.filter(state="received").count() == figures.open_cases


def test_no_counter_differs_from_what_the_rows_say():
    out = StringIO()
    call_command("rebuild_counters", check=True, stdout=out)
    assert "No counter has drifted." in out.getvalue()


def test_a_counter_made_wrong_is_found():
    space = Space.objects.groups().first()
    right = space.reply_count
    Space.objects.filter(pk=space.pk).update(reply_count=right + 1)
    try:
        with pytest.raises(CommandError, match="drifted"):
            call_command("rebuild_counters", check=True, stdout=StringIO())
    finally:
        Space.objects.filter(pk=space.pk).update(reply_count=right)


def test_words_are_found_in_another_form_than_they_were_written():
    text = Contribution.objects.filter(language="fr", body_text__icontains="services").first()
    assert text is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "select search @@ websearch_to_tsquery('public.boucle_fr', 'service')"
            " from conversation_contribution where id = %s",
            [text.pk],
        )
        assert cursor.fetchone() == (True,)


def test_the_reader_finds_something(plan):
    reader = Member.objects.get(pk=plan.reader)
    assert search("services", reader).total > 0


def test_a_database_with_members_is_left_alone():
    with pytest.raises(Refused, match="empty"):
        seed(SCALE)
