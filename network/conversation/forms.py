"""What members fill in to say something. Whether they may is for `permissions`."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from network.core.editor import clean_html, from_plain_text, to_plain_text
from network.core.models import Language
from network.core.parking import take

from .models import Contribution
from .reminders import reminders_for
from .widgets import WordsWidget

_FORMAT = "_format"


def typed_before(request):
    """What the member had typed here before the site sent them elsewhere, as `initial` for a form, or {}."""
    words = take(request) or {}
    for name in [name for name in words if name.endswith(_FORMAT)]:
        field = name.removesuffix(_FORMAT)
        if words.pop(name) != "html" and field in words:
            words[field] = from_plain_text(words[field])
    return words


class WordsField(forms.CharField):
    """Rich text of a member: HTML in, cleaned HTML out."""

    widget = WordsWidget

    def clean(self, value):
        return super().clean(clean_html(value or ""))


class TagsField(forms.CharField):
    """Names of tags with commas between, as a list."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Tags"))
        kwargs.setdefault("help_text", _("Separate them by commas, in any language."))
        super().__init__(
            widget=forms.TextInput(attrs={"data-tags": "", "autocomplete": "off", "maxlength": 400}), **kwargs
        )

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else ", ".join(value)

    def clean(self, value):
        return [name.strip() for name in super().clean(value).split(",") if name.strip()]


class SpeakingForm(forms.Form):
    """What every form has that makes a contribution: the words, their language, who speaks, sent once."""

    body = WordsField(label=_("Text"))
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language)
    capacity = forms.ChoiceField(label=_("You speak"), widget=forms.RadioSelect)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Has the author read what the charter says of this text? They are asked once.
    reminded = forms.BooleanField(widget=forms.HiddenInput, required=False)
    # Is what was sent posted, and not just kept as a draft?
    publishing = True
    # Of the page that shows the form again.
    status = 200
    reminders = ()

    def __init__(self, *args, member, initial=None, institutions=None, **kwargs):
        """`institutions` are those that the member may speak for: fetched here unless given."""
        initial = {
            "language": member.language,
            "capacity": Contribution.Capacity.PERSONAL,
            "submission": uuid.uuid4(),
        } | (initial or {})
        super().__init__(*args, initial=initial, **kwargs)
        self.member = member
        institutions = member.speaks_for.all() if institutions is None else institutions
        self.institutions = {str(institution.pk): institution for institution in institutions}
        if self.institutions:
            self.fields["capacity"].choices = [
                (Contribution.Capacity.PERSONAL, _("In a personal capacity")),
                *(
                    (key, _("On behalf of %(institution)s") % {"institution": institution})
                    for key, institution in self.institutions.items()
                ),
            ]
        else:
            del self.fields["capacity"]

    @property
    def is_first(self):
        """Has the member said nothing on the network yet?"""
        return not self.member.contribution_count

    def clean(self):
        """What the charter speaks of is recalled, once, before the words are posted."""
        data = super().clean()
        if self.publishing and not self.errors and not data.get("reminded"):
            words = "\n".join(
                filter(None, (data.get("title"), data.get("summary"), to_plain_text(data["body"])))
            )
            self.reminders = reminders_for(words, own_email=self.member.email)
            if self.reminders:
                self.add_error(None, _("Nothing is posted yet."))
                self.data = self.data.copy()
                self.data[self.add_prefix("reminded")] = "on"
        return data

    def refuse(self, refusal):
        """Say in the form why an action refused, and have the page answer accordingly."""
        self.add_error("body", str(refusal))
        self.status = refusal.status

    def apply_to(self, contribution):
        """Write what was filled in into an unsaved or draft contribution."""
        data = self.cleaned_data
        contribution.body = data["body"]
        contribution.language = data["language"]
        contribution.submission = contribution.submission or data.get("submission")
        institution = self.institutions.get(data.get("capacity") or "")
        contribution.institution = institution
        contribution.capacity = (
            Contribution.Capacity.INSTITUTION if institution else Contribution.Capacity.PERSONAL
        )
        return contribution


class AddedFileField(forms.FileField):
    """A file that goes along with a text; what it really is, is looked at when it is kept."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("File to add"))
        kwargs.setdefault(
            "help_text", _("PDF, Word, Excel, PowerPoint, OpenDocument or a picture, 10 MB at most.")
        )
        super().__init__(**kwargs)


class ReplyForm(SpeakingForm):
    """A reply in a thread."""

    file = AddedFileField()
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your reply")


class RootForm(SpeakingForm):
    """What topics and posts have in common."""

    title = forms.CharField(label=_("Title"), max_length=160)
    tags = TagsField()
    field_order = ["title", "body", "tags", "language", "capacity"]

    def apply_to(self, contribution):
        contribution.title = self.cleaned_data["title"]
        return super().apply_to(contribution)


class EditForm(forms.Form):
    """A correction of one's own words."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("Summary"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = WordsField(label=_("Text"))
    tags = TagsField()
    reason = forms.CharField(
        label=_("What you corrected"),
        max_length=200,
        required=False,
        help_text=_("Readers see it beside the correction."),
    )
    substantive = forms.BooleanField(
        label=_("This changes the meaning: tell those who replied"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, contribution, initial=None, **kwargs):
        self.contribution = contribution
        initial = {
            "title": contribution.title,
            "summary": contribution.summary,
            "body": contribution.body,
            "seen": contribution.edited_at.isoformat() if contribution.edited_at else "",
        } | (initial or {})
        if not contribution.is_reply:
            initial.setdefault("tags", [tag.label for tag in contribution.tags.all()])
        super().__init__(*args, initial=initial, **kwargs)
        if contribution.is_reply:
            del self.fields["title"], self.fields["tags"]
        if contribution.kind != Contribution.Kind.POST:
            del self.fields["summary"]
        if not contribution.released_at:
            del self.fields["reason"], self.fields["substantive"]

    def clean_body(self):
        """Plain words that were left as they were keep the form they had in the editor."""
        body = self.cleaned_data["body"]
        as_plain = self.data.get(self.add_prefix("body_format")) != "html"
        same = to_plain_text(body) == to_plain_text(self.contribution.body)
        return self.contribution.body if as_plain and same else body
