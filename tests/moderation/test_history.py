"""The history of a case is sealed: nothing in it changes unseen."""

import pytest
from django.db import IntegrityError, connection, transaction

from network.moderation import actions

pytestmark = pytest.mark.django_db

BROKEN = """
select count(*) from (
    select event.*, lag(digest, 1, '') over (partition by case_id order by id) as previous,
        case_event_digest(lag(digest, 1, '') over (partition by case_id order by id), event) as expected
    from moderation_caseevent event
) chained where digest <> expected
or (purged_at is null and payload_digest <> case_payload_digest(data))
"""


def broken():
    with connection.cursor() as cursor:
        cursor.execute(BROKEN)
        return cursor.fetchone()[0]


def test_each_event_seals_the_one_before_it(case, moderator, colleague):
    actions.take_case(case, actor=moderator)
    actions.take_case(case, actor=colleague, from_colleague=True)

    events = list(case.events.all())
    assert len({event.digest for event in events}) == 3
    assert all(len(event.payload_digest) == len(event.digest) == 64 for event in events)
    assert broken() == 0


@pytest.mark.parametrize(
    "change", ["verb = 'closed'", "data = '{\"before\": 1}'", "at = at + '1 s'", "actor_id = null"]
)
def test_whoever_changes_an_event_past_the_trigger_breaks_the_seal(case, moderator, change):
    actions.take_case(case, actor=moderator)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table moderation_caseevent disable trigger case_event_append_only")
        cursor.execute(f"update moderation_caseevent set {change} where verb = 'taken'")  # noqa: S608

    assert broken() == 1


def test_a_purged_event_loses_its_payload_and_keeps_its_seal(case, moderator):
    actions.take_case(case, actor=moderator)
    with connection.cursor() as cursor:
        cursor.execute("update moderation_caseevent set data = '{}', purged_at = now()")
    assert broken() == 0
    for change in ("data = '{\"a\": 1}'", "verb = 'closed'", "purged_at = null"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update moderation_caseevent set {change}")  # noqa: S608
