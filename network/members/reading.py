"""In which languages lists show what is said: those that the member reads, until they ask for all."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from network.core.models import Language

ALL = "all"


@dataclass(frozen=True)
class Reading:
    """`chosen`: codes of the languages that the member reads, none when they read all or haven't said so.
    `wants_all`: they asked this page for every language."""

    chosen: tuple = ()
    wants_all: bool = False

    @property
    def languages(self):
        """Codes of the languages to show; none stands for every language."""
        return () if self.wants_all else self.chosen

    @property
    def names(self):
        """The languages that the member reads, in words."""
        return get_text_list([Language(code).label for code in self.chosen], _("and"))


def reading(request):
    """What the reader of this page reads; `?languages=all` shows them everything."""
    member = request.user
    chosen = tuple(code for code in Language.values if member.is_authenticated and code in member.languages)
    if len(chosen) == len(Language.values):
        chosen = ()
    return Reading(chosen, request.GET.get("languages") == ALL)
