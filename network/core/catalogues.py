"""The translated words in locale/: compiled without gettext, and checked against the code."""

import contextlib
import importlib.util
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
# Whose words are told in ours (locale/libraries), so that every page speaks with one voice.
LIBRARIES = ("allauth", "django.conf", "django.contrib.auth")
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
    own, libraries = settings.LOCALE_PATHS
    wrong = {}
    with tempfile.TemporaryDirectory() as folder:
        extracted = extract(Path(folder)) if shutil.which("xgettext") else None
        for language in languages():
            path = _catalogue(own, language)
            wrong[path] = gaps(path) + (strangers(path, extracted) if extracted else [])
    wrong |= lacking_for_libraries(libraries)
    return {str(path.relative_to(settings.BASE_DIR)): lines for path, lines in wrong.items() if lines}


def lacking_for_libraries(root: Path) -> dict[Path, list[str]]:
    """What is wrong with our words for what libraries say: one catalogue a language, English included.

    Each holds the same entries, none is left empty, and each is still said by a library that is installed.
    """
    said = set().union(*(_entries(path) for path in _libraries_own()))
    paths = [_catalogue(root, code) for code, _ in settings.LANGUAGES]
    held = {path: _entries(path) for path in paths}
    everything = set().union(*held.values())
    return {
        path: gaps(path)
        + [f"not in the catalogue: {msgid!r}" for _, msgid in sorted(everything - held[path], key=str)]
        + [f"no library says it any more: {msgid!r}" for _, msgid in sorted(held[path] - said, key=str)]
        for path in paths
    }


def _libraries_own():
    """The English catalogues that the libraries bring along, which list all that they say."""
    for name in LIBRARIES:
        folder = Path(importlib.util.find_spec(name).origin).parent
        yield _catalogue(folder / "locale", "en")


def _catalogue(root, language):
    return Path(root) / language / "LC_MESSAGES" / "django.po"


def _entries(path):
    if not path.exists():
        return set()
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}


def gaps(path: Path) -> list[str]:
    """What a catalogue lacks: entries without a translation, doubtful ones, and those left as they were.

    Words that are the same in both languages have a translator's comment that says so.
    """
    if not path.exists():
        return ["there is no such catalogue"]
    catalogue = polib.pofile(str(path))
    english = catalogue.metadata.get("Language") == settings.LANGUAGE_CODE
    lacking = []
    for entry in catalogue:
        if entry.obsolete:
            continue
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if "fuzzy" in entry.flags:
            lacking.append(f"doubtful: {entry.msgid!r}")
        elif not forms or not all(forms):
            lacking.append(f"missing: {entry.msgid!r}")
        elif forms[0] == entry.msgid and MEANT_SO not in entry.tcomment and not english:
            lacking.append(f"equal to its source: {entry.msgid!r}")
    return lacking


def strangers(path: Path, extracted: Path) -> list[str]:
    """What the code says that a catalogue doesn't hold, given what was just extracted from it."""
    held = _entries(path)
    return [
        f"not in the catalogue: {entry.msgid!r}"
        for entry in polib.pofile(str(extracted))
        if not entry.obsolete and (entry.msgctxt, entry.msgid) not in held
    ]
