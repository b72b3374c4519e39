"""The PostgreSQL server that comes with the project, for machines that have no other.

It listens on a socket in a private folder and nowhere else, so it asks for no password. A plain
user's cluster lies in DATA_DIR/postgres. PostgreSQL refuses to run as root, so root's cluster
belongs to a system user and lies under `SYSTEM_DIR`, where that user can enter whatever the
permissions on the way to DATA_DIR are; DATA_DIR/postgres is then a link to it.
"""

from .place import PostgresError
from .programs import programs_dir
from .server import embedded_url, remove, running, start, stop, wanted

__all__ = ["PostgresError", "embedded_url", "programs_dir", "remove", "running", "start", "stop", "wanted"]
