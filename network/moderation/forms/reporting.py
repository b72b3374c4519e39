"""What anybody sends: a report, an appeal."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article

from ..querysets import articles_in_force


class ReportForm(forms.Form):
    """What isn't right with something, and which rule says so."""

    articles = forms.ModelMultipleChoiceField(
        Article.objects.none(),
        label=_("Which article of the charter isn't respected?"),
        help_text=_("Open an article to read it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    illegality = forms.BooleanField(label=_("It is against the law"), required=False)
    explanation = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "Say what is wrong and why, in your own words: the moderators read it, the author doesn't."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say in a few words what happened.")},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a receipt, and what was decided. The author never sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_("I report in good faith: to my knowledge, what I say is right and complete."),
        error_messages={"required": _("Please confirm that you report in good faith.")},
    )
    # A field that people don't see and that programs fill in.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["articles", "illegality", "explanation", "name", "email", "good_faith", "website"]

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["articles"].queryset = articles_in_force()
        if isinstance(self.initial.get("articles"), str):
            self.initial["articles"] = [self.initial["articles"]]
        if member.is_authenticated:
            for field in ("name", "email", "website"):
                del self.fields[field]

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def clean(self):
        data = super().clean()
        if "articles" in data and not data["articles"] and not data.get("illegality"):
            self.add_error(
                "articles", _("Choose at least one article, or say below that it is against the law.")
            )
        return data

    def article_boxes(self):
        """For each article: its box, title and text in the reader's language."""
        language = (get_language() or "fr")[:2]
        boxes = []
        for box in self["articles"]:
            article = box.data["value"].instance
            boxes.append({"box": box, "article": article, "text": article.text_in(language)})
        return boxes


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    grounds = forms.CharField(
        label=_("Why is the decision wrong?"),
        help_text=_("Say what was misread or left out. Somebody who had no part in the decision reads it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say why the decision is wrong.")},
    )


class AnswerForm(forms.Form):
    """What an author answers the moderators."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The moderators alone read it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer.")},
    )
