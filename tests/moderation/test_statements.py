"""The database refuses a statement of reasons that lacks a part, however it is written."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from network.moderation.models import Decision
from tests.factories import CharterFactory

pytestmark = pytest.mark.django_db

TABLE = "moderation_decision"


@pytest.fixture
def row(case, charter, moderator):
    """The columns of a whole decision, for raw SQL."""
    now = timezone.now()
    return {
        "case_id": case.pk,
        "decided_at": now,
        "decided_by_id": moderator.pk,
        "outcome": "act",
        "measure": "hide",
        "label": "",
        "facts": "What was done.",
        "charter_id": charter.pk,
        "legal_ground": "",
        "explanation": "Why it breaks the article.",
        "scope": "The whole of the site.",
        "ends_at": None,
        "indefinite": True,
        "origin": "report",
        "automated_detection": False,
        "automated_decision": False,
        "redress": "You can appeal.",
        "appeal_until": now + timedelta(days=184),
        "language": "fr",
    }


def insert(row, articles=()):
    """Write a decision in SQL, and have what is deferred checked."""
    columns, values = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"insert into {TABLE} ({columns}) values ({values}) returning id", list(row.values()))  # noqa: S608
        (pk,) = cursor.fetchone()
        for article in articles:
            cursor.execute(
                "insert into moderation_decisionarticle (decision_id, article_id) values (%s, %s)",
                [pk, article],
            )
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    return pk


def test_a_whole_statement_is_accepted(row, article):
    assert Decision.objects.get(pk=insert(row, [article.pk]))


@pytest.mark.parametrize(
    "part",
    [
        "facts",
        "explanation",
        "scope",
        "redress",
        "origin",
        "outcome",
        "language",
    ],
)
@pytest.mark.parametrize("nothing", ["", None])
def test_a_statement_without_one_of_its_words_is_refused(row, article, part, nothing):
    with pytest.raises(IntegrityError):
        insert(row | {part: nothing}, [article.pk])


@pytest.mark.parametrize("part", ["facts", "explanation", "scope", "redress"])
def test_blank_words_are_no_words(row, article, part):
    with pytest.raises(IntegrityError):
        insert(row | {part: " \n\t "}, [article.pk])


@pytest.mark.parametrize(
    "part",
    [
        "decided_at",
        "measure",
        "charter_id",
        "legal_ground",
        "indefinite",
        "automated_detection",
        "automated_decision",
        "appeal_until",
    ],
)
def test_a_statement_that_leaves_out_a_column_is_refused(row, article, part):
    del row[part]

    with pytest.raises(IntegrityError):
        insert(row, [article.pk])


def test_a_statement_without_article_or_law_is_refused(row):
    with pytest.raises(IntegrityError, match="neither an article"):
        insert(row)


def test_a_law_is_ground_enough(row):
    assert insert(row | {"legal_ground": "Penal Code, article 444"})


def test_an_article_of_another_charter_is_refused(row, charter, article):
    charter.state, charter.superseded_at = "superseded", timezone.now()
    charter.save()
    other = CharterFactory()
    with pytest.raises(IntegrityError, match="another charter"):
        insert(row, [other.articles.first().pk])


def test_a_statement_without_duration_is_refused(row, article):
    for duration in (
        {"indefinite": False, "ends_at": None},
        {"indefinite": True, "ends_at": timezone.now() + timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError):
            insert(row | duration, [article.pk])


def test_an_act_without_measure_is_refused(row, article):
    with pytest.raises(IntegrityError, match="without a measure"):
        insert(row | {"measure": ""}, [article.pk])


def test_a_dismissal_with_a_measure_is_refused(row, article):
    with pytest.raises(IntegrityError):
        insert(row | {"outcome": "dismiss"}, [article.pk])


def test_nobody_decides_in_silence(row, article):
    with pytest.raises(IntegrityError):
        insert(row | {"decided_by_id": None}, [article.pk])


def test_the_time_for_an_appeal_is_never_over_at_once(row, article):
    with pytest.raises(IntegrityError):
        insert(row | {"appeal_until": row["decided_at"]}, [article.pk])


def test_the_articles_of_a_decision_stay_with_it(row, article):
    pk = insert(row, [article.pk])

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from moderation_decisionarticle where decision_id = %s", [pk])
        cursor.execute("set constraints all immediate")
