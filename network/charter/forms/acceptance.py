from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.core.models import Language

from ..actions import accept_charter
from ..digests import digest_in
from ..models import CharterVersion


class AcceptForm(forms.Form):
    """The charter in force as it stands in a form, and the box under it.

    The box counts for the version, the language and the very text that were shown: where another version
    came into force meanwhile, the form shows that one and asks again.
    """

    charter_version = forms.IntegerField(widget=forms.HiddenInput)
    charter_language = forms.ChoiceField(choices=Language, widget=forms.HiddenInput)
    charter_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    accept = forms.BooleanField(
        label=_("I have read the charter, and I accept it."),
        error_messages={"required": _("Please read the charter and tick the box: it is how one comes in.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = CharterVersion.objects.with_words().in_force()
        if self.version is None:
            return
        sent = self.data.get("charter_language") if self.is_bound else None
        language = sent if sent in Language.values else get_language()[:2]
        self.reading_language = self.version.language_for(language)
        self.digest = digest_in(self.version, self.reading_language)
        shown = {
            "charter_version": self.version.number,
            "charter_language": self.reading_language,
            "charter_digest": self.digest,
        }
        self.initial |= shown
        if self.is_bound:
            self.was_shown_this = all(self.data.get(name) == str(value) for name, value in shown.items())
            if not self.was_shown_this:
                self.data = self.data.copy()
                self.data.update({name: str(value) for name, value in shown.items()})
                self.data.pop("accept", None)
                self.fields["accept"].error_messages["required"] = _(
                    "The charter has changed since you opened this page. Please read it as it is now, then "
                    "tick the box."
                )

    @property
    def opening(self):
        """Title and preamble in the language shown."""
        return self.version.text_in(self.reading_language)

    @property
    def articles(self):
        """The articles in the language shown: pairs of article and text."""
        return [(article, article.text_in(self.reading_language)) for article in self.version.articles.all()]

    def record(self, member):
        """Record the member's acceptance of what was shown. Raises Refused where it isn't in force any more."""
        return accept_charter(member, self.version, language=self.reading_language, digest=self.digest)


class SignupForm(AcceptForm):
    """What every way of signing up asks beside an address: a name, and the charter."""

    name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your real name, as your colleagues know it."),
    )

    def signup(self, request, user):
        """Called when the account is saved, in the same transaction."""
        self.record(user)
