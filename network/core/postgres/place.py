"""Where the server of one DATA_DIR keeps its things, and as whom it runs."""

import contextlib
import hashlib
import locale
import os
import pwd
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SYSTEM_DIR = Path("/var/lib/boucle")
SYSTEM_USER = "boucle-postgres"
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "fr_BE.UTF-8", "nl_BE.UTF-8", "fr_FR.UTF-8")


class PostgresError(Exception):
    """The server can't be started, or can't be stopped; the message says why."""


@dataclass(frozen=True)
class Place:
    """Where the server of one DATA_DIR keeps its things, and as whom it runs."""

    link: Path  # DATA_DIR/postgres
    home: Path
    socket: Path
    user: str | None  # None: the one who calls

    @property
    def cluster(self) -> Path:
        return self.home / "data"

    @property
    def pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    def as_user(self) -> dict:
        """Arguments of `subprocess` that run a program as the server's user."""
        common = {
            "cwd": self.home,
            "env": {
                "PATH": os.defpath,
                "HOME": str(self.home),
                "LC_ALL": utf8_locale(),
            },
            "stdin": subprocess.DEVNULL,
        }
        if self.user is None:
            return common
        entry = pwd.getpwnam(self.user)
        return common | {
            "user": entry.pw_uid,
            "group": entry.pw_gid,
            "extra_groups": [],
        }

    def give(self, path: Path) -> None:
        """Make `path` private to the server's user."""
        path.chmod(0o700)
        if self.user is not None:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def place_of(data_dir: str | os.PathLike) -> Place:
    folder = Path(data_dir).expanduser().resolve()
    link = folder / "postgres"
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    uid = os.geteuid()
    user = None
    home = link
    if uid == 0:
        if link.is_dir() and not link.is_symlink() and link.stat().st_uid != 0:
            # Made by a plain user: the server goes on running as that user.
            uid = link.stat().st_uid
            user = pwd.getpwuid(uid).pw_name
        else:
            user = SYSTEM_USER
            home = SYSTEM_DIR / digest
            if link.is_symlink() and link.readlink().parent == SYSTEM_DIR:
                home = link.readlink()  # DATA_DIR was moved since
    socket = home
    if len(os.fsencode(home)) > LONGEST_SOCKET:
        # Neither TMPDIR nor XDG_RUNTIME_DIR: two shells of one user may disagree on them.
        socket = Path("/tmp") / f"boucle-{uid}-{digest}"  # noqa: S108 (private, ownership checked)
    return Place(link=link, home=home, socket=socket, user=user)


def make_home(place: Place) -> None:
    place.link.parent.mkdir(parents=True, exist_ok=True)
    if place.home == place.link:
        if place.home.is_symlink():
            raise PostgresError(f"{place.home} was made by root: start the site as root.")
        if not place.home.exists():
            place.home.mkdir(mode=0o700)
            place.give(place.home)
    else:
        _make_system_home(place)
    if place.socket != place.home:
        with contextlib.suppress(FileExistsError):
            place.socket.mkdir(mode=0o700)
            place.give(place.socket)
    owner = pwd.getpwnam(place.user).pw_uid if place.user else os.geteuid()
    for folder in {place.home, place.socket}:
        seen = folder.lstat()
        if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != owner or seen.st_mode & 0o077:
            raise PostgresError(f"{folder} must be a folder that its owner (user {owner}) alone can enter.")


def _make_system_home(place: Place) -> None:
    _ensure_system_user()
    make_system_dir()
    seen = SYSTEM_DIR.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != 0 or seen.st_mode & 0o022:
        raise PostgresError(f"{SYSTEM_DIR} must be a folder in which root alone can write.")
    marker = place.home / "belongs-to"
    if place.home.exists() and not place.link.is_symlink():
        # DATA_DIR was deleted and made again: its old data aren't this site's, nor ours to delete.
        place.home.rename(place.home.with_name(f"{place.home.name}.{time.time_ns()}"))
    if not place.home.exists():
        place.home.mkdir(mode=0o700)
        place.give(place.home)
        marker.write_text(str(place.link))
    if not place.link.is_symlink():
        if place.link.exists():
            raise PostgresError(f"{place.link} is in the way: move it elsewhere.")
        place.link.symlink_to(place.home)
    owner = Path(marker.read_text())
    if owner != place.link:
        if owner.is_symlink() and owner.readlink() == place.home:
            raise PostgresError(
                f"{place.link.parent} is a copy of {owner.parent} and would share its database: "
                f"delete the link {place.link} to begin with an empty one."
            )
        marker.write_text(str(place.link))


def make_system_dir() -> None:
    """Make the folder that all may enter and root alone may write in."""
    if not SYSTEM_DIR.exists():
        SYSTEM_DIR.mkdir(parents=True, exist_ok=True)
        SYSTEM_DIR.chmod(0o755)


def _ensure_system_user() -> None:
    commands = (
        [
            "useradd",
            "--system",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ],
        ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin", SYSTEM_USER],
    )
    for command in commands:
        if _user_exists():
            return
        if shutil.which(command[0], path="/usr/sbin:/sbin:/usr/bin:/bin"):
            subprocess.run(
                command,
                capture_output=True,
                check=False,
                env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"},
            )
    if not _user_exists():
        raise PostgresError(
            f"PostgreSQL refuses to run as root, and the system user {SYSTEM_USER} can't be made. "
            "Start the site as another user, or set DATABASE_URL."
        )


def _user_exists() -> bool:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return False
    return True


def utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in LOCALES:
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise PostgresError(f"This system has none of these locales: {', '.join(LOCALES)}.")
