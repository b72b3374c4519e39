"""Lists that page by key: a page costs the same wherever it lies, and nothing shifts under the reader."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.constants import LOOKUP_SEP
from django.utils.dateparse import parse_datetime


@dataclass(frozen=True)
class Piece:
    """One page of a list. `further` is the cursor of the page after it, or empty at the end."""

    items: list
    further: str = ""
    first: bool = True

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


def _cursor(value, key):
    if isinstance(value, datetime):
        value = value.isoformat()
    return f"{value}~{key}"


def _parse(cursor, field):
    value, _, key = cursor.replace("\x00", "").rpartition("~")
    if "Date" in field.get_internal_type():
        value = parse_datetime(value.replace(" ", "+"))
    return (field.to_python(value), int(key)) if value and key else None


def _field(model, path):
    for name in path.split(LOOKUP_SEP):
        field = model._meta.get_field(name)
        model = field.related_model
    return field


def _piece(queryset, cursor, size, by, descending):
    field = _field(queryset.model, by)
    try:
        start = _parse(cursor, field) if cursor else None
    except (ValueError, ValidationError):
        start = None
    beyond, sign = ("lt", "-") if descending else ("gt", "")
    if start:
        value, key = start
        queryset = queryset.filter(
            Q(**{f"{by}__{beyond}e": value}), Q(**{f"{by}__{beyond}": value}) | Q(**{f"pk__{beyond}": key})
        )
    rows = list(queryset.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    further = ""
    if len(rows) > size:
        rows.pop()
        further = _cursor(reduce(getattr, by.split(LOOKUP_SEP), rows[-1]), rows[-1].pk)
    return Piece(rows, further, start is None)


def newest_first(queryset, cursor="", *, size=20, by="released_at"):
    """The `size` rows of `queryset` beyond the cursor, newest first by `by` and then key.

    `by` is a column that is never null in the queryset, or that of a joined row (`thread__last_number`). A
    cursor that makes no sense reads as the first page: addresses are typed and shortened by people.
    """
    return _piece(queryset, cursor, size, by, descending=True)


def in_order(queryset, cursor="", *, size=20, by="name"):
    """The `size` rows of `queryset` beyond the cursor, ascending by `by` and then key; see `newest_first`."""
    return _piece(queryset, cursor, size, by, descending=False)
