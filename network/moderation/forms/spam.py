"""Obvious spam, many texts at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article

from ..models import Case
from ..querysets import articles_in_force


class SpamSearchForm(forms.Form):
    """Words that the spam has in common."""

    words = forms.CharField(label=_("Words in the texts"), max_length=120, required=False)


class SpamForm(forms.Form):
    """Which cases are spam, and which article that breaks."""

    # None is chosen beforehand: each author is told which article it was.
    article = forms.ModelChoiceField(Article.objects.none(), label=_("Article of the charter"))
    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("Obvious spam"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one case about a text.")},
    )

    def __init__(self, *args, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = articles_in_force()
        self.shown = list(cases)
        self.fields["cases"].queryset = Case.objects.filter(pk__in=[case.pk for case in self.shown])

    def boxes(self):
        """For each case: whether it is ticked, and the case."""
        ticked = set(self.data.getlist("cases")) if self.is_bound else set()
        return [{"case": case, "ticked": str(case.pk) in ticked} for case in self.shown]
