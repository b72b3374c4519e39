"""The translated words in locale/: compiled without gettext, and checked against the code."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

# Where the words of the site are written.
SOURCES = ("network", "groups", "blogs", "templates")
# What a translator's comment says of words that are the same in both languages.
MEANT_SO = "the same in both"


def catalogues() -> Iterator[Path]:
    """The catalogues of the project, in the order of their paths."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def languages() -> list[str]:
    """The languages that need a catalogue: all of the site's but the one it is written in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def compile_catalogues() -> list[Path]:
    """Compile each catalogue that changed since it was last compiled, and return those."""
    compiled = []
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Two starts may compile at once: each writes its own file and puts it in place whole.
        half = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(half))
        half.replace(target)
        compiled.append(source)
    return compiled


def extract(folder: Path) -> Path:
    """Extract the words of the code, as a template of a catalogue, into an empty folder; needs gettext."""
    for name in SOURCES:
        shutil.copytree(
            settings.BASE_DIR / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    (folder / "locale").mkdir()
    with contextlib.chdir(folder), override_settings(LOCALE_PATHS=[folder / "locale"]):
        call_command("makemessages", all=True, keep_pot=True, verbosity=0)
    return folder / "locale" / "django.pot"


def lacking() -> dict[str, list[str]]:
    """What is wrong with each catalogue, by its path relative to the project.

    Without gettext, what the code says can't be compared: only the catalogues themselves are.
    """
    wrong = {}
    with tempfile.TemporaryDirectory() as folder:
        extracted = extract(Path(folder)) if shutil.which("xgettext") else None
        for language in languages():
            for root in settings.LOCALE_PATHS:
                path = Path(root) / language / "LC_MESSAGES" / "django.po"
                name = str(path.relative_to(settings.BASE_DIR))
                if not path.exists():
                    wrong[name] = ["there is no such catalogue"]
                    continue
                wrong[name] = gaps(path) + (strangers(path, extracted) if extracted else [])
    return {name: lines for name, lines in wrong.items() if lines}


def gaps(path: Path) -> list[str]:
    """What a catalogue lacks: entries without a translation, doubtful ones, and those left as they were.

    Words that are the same in both languages have a translator's comment that says so.
    """
    catalogue = polib.pofile(str(path))
    lacking = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if "fuzzy" in entry.flags:
            lacking.append(f"doubtful: {entry.msgid!r}")
        elif not forms or not all(forms):
            lacking.append(f"missing: {entry.msgid!r}")
        elif forms[0] == entry.msgid and MEANT_SO not in entry.tcomment:
            lacking.append(f"equal to its source: {entry.msgid!r}")
    return lacking


def strangers(path: Path, extracted: Path) -> list[str]:
    """What the code says that a catalogue doesn't hold, given what was just extracted from it."""
    held = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    return [
        f"not in the catalogue: {entry.msgid!r}"
        for entry in polib.pofile(str(extracted))
        if not entry.obsolete and (entry.msgctxt, entry.msgid) not in held
    ]
