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


class Condition(models.Func):
    """A condition written in SQL, `{columns}` named by their fields and each `%s` standing for the same value.

    What many queries of every page ask would else be put together from pieces anew each time, which takes
    longer than to answer it.
    """

    output_field = models.BooleanField()

    def __init__(self, words, value=None, **columns):
        super().__init__(*columns.values())
        self.words, self.value, self.names = words, value, tuple(columns)

    def as_sql(self, compiler, connection):
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        words = self.words.format(**dict(zip(self.names, columns, strict=True)))
        return words, [self.value] * words.count("%s")


def any_of(queryset):
    """The condition that a correlated queryset has a row, asked row by row.

    `Exists` says the same, but lets the database choose to gather the whole set first, which it does badly
    for a list that shows few rows: it doesn't count on the limit.
    """
    return IsNull(models.Subquery(queryset.values("pk")[:1]), False)
