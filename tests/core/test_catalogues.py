"""Compiling and checking translations."""

import os

import polib
import pytest

from network.core import catalogues

ENTRIES = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Join"
msgstr "Rejoindre"

msgid "Leave"
msgstr ""

#, fuzzy
msgid "Groups"
msgstr "Group"

msgid "Question"
msgstr "Question"

# the same in both
msgid "Blog"
msgstr "Blog"

msgid "%(n)s reply"
msgid_plural "%(n)s replies"
msgstr[0] "%(n)s réponse"
msgstr[1] ""
"""


@pytest.fixture
def catalogue(tmp_path, settings):
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(ENTRIES)
    settings.LOCALE_PATHS = [tmp_path]
    return path


def test_only_what_changed_is_compiled(catalogue):
    assert catalogues.compile_catalogues() == [catalogue]
    compiled = polib.mofile(str(catalogue.with_suffix(".mo")))
    assert [entry.msgstr for entry in compiled if entry.msgid == "Join"] == ["Rejoindre"]
    assert catalogues.compile_catalogues() == []
    later = catalogue.stat().st_mtime + 10
    os.utime(catalogue, (later, later))
    assert catalogues.compile_catalogues() == [catalogue]


def test_missing_doubtful_and_forgotten_translations_are_told(catalogue):
    assert catalogues.gaps(catalogue) == [
        "missing: 'Leave'",
        "doubtful: 'Groups'",
        "equal to its source: 'Question'",
        "missing: '%(n)s reply'",
    ]


def test_words_that_no_catalogue_holds_are_told(catalogue, tmp_path):
    extracted = tmp_path / "django.pot"
    extracted.write_text('msgid "Join"\nmsgstr ""\n\nmsgid "Follow"\nmsgstr ""\n')
    assert catalogues.strangers(catalogue, extracted) == ["not in the catalogue: 'Follow'"]
