"""Tables for spreadsheets and programs."""

import csv

from django.http import StreamingHttpResponse

# What makes a spreadsheet take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What `csv` writes to: it gives back the line instead of keeping it."""

    def write(self, text):
        return text


def _cell(value):
    """The cell, with an apostrophe before words that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(rows):
    """Each row (a list of numbers and texts) as one line of CSV."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def csv_response(name, rows):
    """The rows (lists of numbers and texts) as a file of CSV, sent as they come; its first line is their headings."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
