"""Compiling and checking translations."""

import os

import polib
import pytest
from django.conf import settings as site

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


LIBRARY = """msgid ""
msgstr "Language: {language}\\n"

msgid "Password Reset"
msgstr "{words}"
"""


@pytest.fixture
def libraries(tmp_path):
    """Our words for what libraries say, the same in each language."""
    for language, words in (("en", "Password Reset"), ("fr", "Un autre"), ("nl", "Een ander")):
        path = tmp_path / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(LIBRARY.format(language=language, words=words))
    return tmp_path


def told_of_libraries(root):
    lacking = catalogues.lacking_for_libraries(root)
    return {path.relative_to(root).parts[0]: lines for path, lines in lacking.items() if lines}


def test_what_libraries_say_may_stay_as_it_is_in_english_alone(libraries):
    assert told_of_libraries(libraries) == {}
    catalogue = libraries / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.write_text(LIBRARY.format(language="fr", words="Password Reset"))
    assert told_of_libraries(libraries) == {"fr": ["equal to its source: 'Password Reset'"]}


def test_what_one_language_says_of_a_library_the_others_say_too(libraries):
    (libraries / "nl" / "LC_MESSAGES" / "django.po").unlink()
    missing = ["there is no such catalogue", "not in the catalogue: 'Password Reset'"]
    assert told_of_libraries(libraries) == {"nl": missing}


def test_words_that_no_library_says_any_more_are_told(libraries):
    with (libraries / "en" / "LC_MESSAGES" / "django.po").open("a") as catalogue:
        catalogue.write('\nmsgid "Said in an earlier version"\nmsgstr "Long ago"\n')
    gone, lacking = "no library says it any more: %r", "not in the catalogue: %r"
    words = "Said in an earlier version"
    assert told_of_libraries(libraries) == {
        "en": [gone % words],
        "fr": [lacking % words],
        "nl": [lacking % words],
    }


def test_our_words_for_libraries_are_complete():
    assert told_of_libraries(site.LOCALE_PATHS[1]) == {}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Send me the link"),
        ("fr", "M’envoyer le lien"),
        ("nl", "Stuur mij de link"),
    ],
)
def test_the_pages_of_libraries_speak_with_our_voice(client, db, language, words):
    page = client.get("/accounts/password/reset/", headers={"Accept-Language": language}).content.decode()
    assert words in page
    assert "Password Reset" not in page
