"""Starting the server, stopping it, and clearing what a killed one left behind."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from ..processes import bound_to_me
from .place import Place, PostgresError, make_home, place_of, utf8_locale
from .programs import reachable_programs

DATABASE = "boucle"
SUPERUSER = "postgres"
START_SECONDS = 120
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


def embedded_url(data_dir: str | os.PathLike, database: str = DATABASE) -> str:
    """The address, as libpq reads it, of the embedded server of `data_dir`. Starts nothing."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(place_of(data_dir).socket), safe='')}"


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
    place = place_of(data_dir)
    make_home(place)
    with _one_at_a_time(place):
        if _ready(place):
            return None
        _clear_remains(place)
        programs = reachable_programs(place)
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
    _stop(place_of(data_dir), seconds)


def running(data_dir: str | os.PathLike) -> bool:
    """Whether the server of `data_dir` accepts connections."""
    return _ready(place_of(data_dir))


def remove(data_dir: str | os.PathLike) -> None:
    """Stop the server of `data_dir` and delete its data."""
    place = place_of(data_dir)
    _stop(place, 5)
    shutil.rmtree(place.home, ignore_errors=True)
    if place.socket != place.home:
        shutil.rmtree(place.socket, ignore_errors=True)
    if place.link.is_symlink():
        place.link.unlink()


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
        f"--locale={utf8_locale()}",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--lc-messages=C",
        "--no-instructions",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **place.as_user())
    if done.returncode:
        raise PostgresError(f"The database can't be made:\n{done.stderr.strip()}")
    half.rename(place.cluster)


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
