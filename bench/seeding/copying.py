"""Rows into tables by COPY."""

from contextlib import contextmanager

from django.db import connection

from .figures import END


def next_key(model):
    """The primary key that the next row of the model gets."""
    return (model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1


def copy(model, names, rows):
    """Write rows (tuples, in the order of these names of fields) into the model's own table.

    Fields that aren't named get their default. Foreign keys are named by their column (`space_id`).
    """
    fields = {field.attname: field for field in model._meta.local_concrete_fields if not field.generated}
    others = {
        attname: _default(field)
        for attname, field in fields.items()
        if attname not in names and not field.primary_key
    }
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = ", ".join(quote(fields[name].column) for name in [*names, *others])
    rest = tuple(others.values())
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {quote(table)} ({columns}) from stdin") as stream,
    ):
        for row in rows:
            stream.write_row((*row, *rest))


def _default(field):
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return END
    return field.get_db_prep_save(field.get_default(), connection)


def go_on_after(models):
    """Let the sequences of these models go on after the keys that were copied."""
    with connection.cursor() as cursor:
        for model in models:
            key = model._meta.auto_field
            if key is not None:
                cursor.execute(
                    f"select setval(pg_get_serial_sequence(%s, %s), "  # noqa: S608 - names of ours
                    f"(select coalesce(max({key.column}), 0) + 1 from {model._meta.db_table}), false)",
                    [model._meta.db_table, key.column],
                )


@contextmanager
def without_indexes(*models):
    """Drop what indexes of these tables hold no rule, and make them again at the end: a row costs less so."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "select i.indexname, i.indexdef from pg_indexes i where i.schemaname = current_schema()"
            " and i.tablename = any(%s) and i.indexdef not like 'CREATE UNIQUE%%'",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"drop index {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        # What is deferred to the end of the transaction would forbid to make an index.
        cursor.execute("set constraints all immediate")
        cursor.execute("set local maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("set constraints all deferred")
