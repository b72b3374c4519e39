"""Functions of the database that Django has no name for."""

from django.db import models
from django.db.models.lookups import IsNull


class Unaccent(models.Func):
    """Text without accents, through the site's IMMUTABLE wrapper: what an index may be made of."""

    function = "boucle_unaccent"
    output_field = models.TextField()


class NumNonNulls(models.Func):
    """How many of the columns hold a value."""

    function = "num_nonnulls"
    output_field = models.IntegerField()


def any_of(queryset):
    """The condition that a correlated queryset has a row, asked row by row.

    `Exists` says the same, but lets the database choose to gather the whole set first, which it does badly
    for a list that shows few rows: it doesn't count on the limit.
    """
    return IsNull(models.Subquery(queryset.values("pk")[:1]), False)
