"""Is the history of the cases still the one that was written?

The seals are computed here once more, apart from the functions of the database that wrote them.
"""

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

# How many events are held in memory at once.
AT_ONCE = 2000

_EVENTS = """
select id, case_id, extract(epoch from at)::text, coalesce(actor_id::text, ''), verb, data::text,
    payload_digest, digest, purged_at is not null
from moderation_caseevent
"""
_MISSING = """
select entry.target_id, (entry.data ->> 'event')::bigint
from core_auditentry entry
where entry.target_model = 'moderation.case' and jsonb_typeof(entry.data -> 'event') = 'number'
    and not exists (select from moderation_caseevent event where event.id = (entry.data ->> 'event')::bigint)
order by entry.id
"""


@dataclass(frozen=True)
class Flaw:
    """An event that isn't as it was written: keys of its case and its own, and what is wrong with it."""

    case: int
    event: int
    what: str


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _rows(case):
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = AT_ONCE
        where = "where case_id = %s" if case else ""
        cursor.execute(f"{_EVENTS} {where} order by case_id, id", [case.pk] if case else None)
        yield from cursor


def flaws(case=None):
    """Every flaw in the history of a case, or of all of them; one by one, as they are found.

    Where a seal is broken, those after it in the case are compared with what they say is before them.
    """
    last_case, previous = None, ""
    for key, case_id, at, actor, verb, data, payload_digest, digest, is_purged in _rows(case):
        if case_id != last_case:
            last_case, previous = case_id, ""
        if not is_purged and _sha256(data) != payload_digest:
            yield Flaw(case_id, key, "its payload isn't the one that was sealed")
        sealed = "|".join((previous, str(case_id), str(key), at, actor, verb, payload_digest))
        if _sha256(sealed) != digest:
            yield Flaw(case_id, key, "its seal is broken")
        previous = digest
    if case is None:
        yield from _missing()


def _missing():
    """Events that the audit knows of and that are gone: the last ones of a case leave no broken seal."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        for case_id, key in cursor.fetchall():
            yield Flaw(case_id, key, "it is gone")
