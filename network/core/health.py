"""Do the parts that the site leans on answer?"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult


def database():
    """One round trip to the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return True
    except DatabaseError:
        return False


def queue():
    """The tasks' table answers."""
    try:
        DBTaskResult.objects.order_by().exists()
        return True
    except DatabaseError:
        return False


def storage():
    """A file can be written where members' files are kept."""
    try:
        folder = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
        return True
    except OSError:
        return False
