"""The address of the same page in another language.

An address that is the same in every language stays as it is. Pages with one address a language are known to
an outer app, which registers how it finds them.
"""

from collections.abc import Callable

from django.urls import translate_url

_translators: list[Callable[[str, str], str | None]] = []


def register_translator(translator: Callable[[str, str], str | None]) -> None:
    """Ask `translator(address, language)` for the address in a language; None when it isn't its own."""
    _translators.append(translator)


def in_language(address: str, language: str) -> str:
    """The address, with its query, of the same page in that language."""
    for translator in _translators:
        if translated := translator(address, language):
            return translated
    return translate_url(address, language)
