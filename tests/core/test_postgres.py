"""The embedded server, apart from the site."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from network.core import postgres
from network.core.postgres.place import place_of

pytestmark = pytest.mark.runtime


@pytest.fixture
def folder(tmp_path):
    yield tmp_path / "var"
    postgres.remove(tmp_path / "var")


def ask(folder, question):
    with psycopg.connect(postgres.embedded_url(folder), autocommit=True) as session:
        answer = session.execute(question)
        return answer.fetchone() if answer.description else None


def test_its_address_is_known_before_it_runs(folder):
    address = postgres.embedded_url(folder)
    assert address.startswith("postgresql://postgres@/boucle?host=%2F")
    assert not folder.exists()
    assert not postgres.running(folder)


def test_a_killed_server_starts_again_with_what_was_committed(folder):
    first = postgres.start(folder)
    ask(folder, "SELECT 1 AS one INTO kept")
    busy = psycopg.connect(postgres.embedded_url(folder))
    first.kill()
    first.wait()
    assert not postgres.running(folder)

    second = postgres.start(folder)
    assert second.pid != first.pid
    assert ask(folder, "SELECT one FROM kept") == (1,)
    assert postgres.start(folder) is None
    busy.close()
    postgres.stop(folder)
    assert not postgres.running(folder)


def test_another_programs_number_in_a_lock_file_does_not_keep_it_from_starting(folder):
    postgres.start(folder).kill()
    place = place_of(folder)
    lines = place.pid_file.read_text().splitlines()
    place.pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    postgres.start(folder)
    assert postgres.running(folder)


def test_words_are_split_as_in_our_languages(folder):
    postgres.start(folder, durable=False)
    words = ask(folder, "SELECT to_tsvector('french', '« Éléphants » – “cités”')::text")[0]
    assert sorted(word.split(":")[0] for word in words.split()) == ["'cit'", "'éleph'"]


def test_nobody_else_can_reach_it(folder):
    postgres.start(folder, durable=False)
    place = place_of(folder)
    assert place.socket.stat().st_mode & 0o077 == 0
    assert ask(folder, "SHOW listen_addresses") == ("",)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can see what root gets")
def test_a_copied_folder_does_not_share_its_database(folder, tmp_path):
    postgres.start(folder, durable=False)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy, symlinks=True)
    with pytest.raises(postgres.PostgresError, match="would share its database"):
        postgres.start(copy)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_plain_user_needs_nothing_of_the_system():
    python = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
    if python is None or not can_enter(settings.BASE_DIR):
        pytest.skip("no Python and code here that a plain user can reach")
    packages = Path(psycopg.__file__).parents[1]
    long = "a-long-name-" * 9
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        shutil.chown(home, "nobody")
        program = (
            "import sys; from network.core import postgres; folder = sys.argv[1];"
            "server = postgres.start(folder); print(postgres.running(folder));"
            "postgres.stop(folder); print(server.wait(), postgres.running(folder));"
            "postgres.remove(folder)"
        )
        done = subprocess.run(
            [python, "-c", program, f"{home}/{long}/var"],
            user="nobody",
            extra_groups=[],
            cwd="/",
            env={"PYTHONPATH": f"{settings.BASE_DIR}:{packages}", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.stdout.splitlines() == ["True", "0 False"], done.stderr


def can_enter(folder):
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in (folder, *folder.parents))


def test_the_server_ends_with_who_started_it(folder):
    program = (
        "import os, sys; sys.path.insert(0, sys.argv[2]); from network.core import postgres;"
        "postgres.start(sys.argv[1]); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder), str(settings.BASE_DIR)], check=False)
    assert done.returncode == -signal.SIGKILL
    postgres.start(folder)
    assert postgres.running(folder)
