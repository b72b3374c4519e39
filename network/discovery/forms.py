"""What one narrows lists with, and what one chooses to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Membership
from network.core.models import Language
from network.members.models import Institution
from network.members.reading import ALL
from network.notifications import kinds


class SearchForm(forms.Form):
    """The words searched for, and what to narrow them to."""

    q = forms.CharField(label=_("Search for"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, reading, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self.fields["kind"].choices = [
            ("", _("Everything")),
            (Contribution.Kind.TOPIC, _("Topics")),
            (Contribution.Kind.POST, _("Posts")),
            (Contribution.Kind.REPLY, _("Replies")),
        ]
        every = [("", _("All languages"))]
        if reading.chosen:
            every = [("", _("The languages you read")), (ALL, _("All languages"))]
        self.fields["language"].choices = [*every, *Language.choices]

    @property
    def languages(self):
        """Codes of the languages to search in, once the form is valid; none stands for every language."""
        language = self.cleaned_data["language"]
        if language == ALL:
            return ()
        return (language,) if language else self.reading.languages


class DirectoryForm(forms.Form):
    """What the directory is narrowed to."""

    q = forms.CharField(label=_("Name or job title"), max_length=100, required=False)
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution"), required=False, to_field_name="slug"
    )
    expertise = forms.CharField(label=_("Expertise"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Reads"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self.fields["institution"].queryset = Institution.objects.all()
        self.fields["institution"].empty_label = _("All institutions")
        self.fields["language"].choices = [("", _("Any language")), *Language.choices]


class PreferencesForm(forms.Form):
    """What one is told of each group, and of which kinds of news one gets messages."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me an e-mail as well for"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, memberships, refused, **kwargs):
        super().__init__(*args, **kwargs)
        self.memberships = memberships
        codes = [(kind.code, kind.name) for kind in kinds.refusable()]
        self.fields["wanted"].choices = codes
        self.initial["wanted"] = [code for code, _name in codes if code not in refused]
        for membership in memberships:
            self.fields[self._name(membership)] = forms.ChoiceField(
                label=membership.space.title, choices=Membership.Level.choices, initial=membership.level
            )

    def _name(self, membership):
        return f"group-{membership.space_id}"

    @property
    def group_fields(self):
        """The fields of the groups, for the template."""
        return [self[self._name(membership)] for membership in self.memberships]

    def changed_levels(self):
        """Pairs of a space and the level chosen for it, where it is another than before."""
        chosen = [(membership, self.cleaned_data[self._name(membership)]) for membership in self.memberships]
        return [(membership.space, level) for membership, level in chosen if level != membership.level]
