"""Functions of the database that Django has no name for."""

from django.db import models


class Unaccent(models.Func):
    """Text without accents, through the site's IMMUTABLE wrapper: what an index may be made of."""

    function = "boucle_unaccent"
    output_field = models.TextField()


class NumNonNulls(models.Func):
    """How many of the columns hold a value."""

    function = "num_nonnulls"
    output_field = models.IntegerField()
