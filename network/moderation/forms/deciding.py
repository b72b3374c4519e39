"""What moderators fill in."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article

from ..models import Appeal, Decision, Sanction
from ..statements import TO_COMPLETE

UNTIL_DATE, WITHOUT_END = "date", "indefinite"


class DecisionForm(forms.Form):
    """A decision with its statement of reasons."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    measure = forms.ChoiceField(
        label=_("Measure on the content"),
        choices=Decision.Measure.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    label = forms.CharField(
        label=_("Note for readers"),
        help_text=_("For the measure “label”: one sentence that stands above the text."),
        max_length=200,
        required=False,
    )
    duration = forms.ChoiceField(
        label=_("How long the measure on the content lasts"),
        choices=[(WITHOUT_END, _("Without end")), (UNTIL_DATE, _("Until a date"))],
        initial=WITHOUT_END,
        widget=forms.RadioSelect,
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    articles = forms.ModelMultipleChoiceField(
        Article.objects.none(),
        label=_("Articles of the charter"),
        help_text=_("Of the version that was in force when it was written."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    legal_ground = forms.CharField(
        label=_("Law"),
        help_text=_("Where it is against the law: which law, and which article of it."),
        max_length=300,
        required=False,
    )
    facts = forms.CharField(
        label=_("Facts"),
        help_text=_("What was done, where and when. The person concerned reads it as you write it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    explanation = forms.CharField(
        label=_("Why"),
        help_text=_("Why these facts break, or don't break, these articles or this law."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    scope = forms.CharField(label=_("Where it applies"), max_length=300)
    sanction = forms.ChoiceField(
        label=_("Measure on the person"),
        choices=[("", _("None")), *Sanction.Kind.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    sanction_days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("For “posting restricted” and “suspended”."),
        min_value=1,
        max_value=365,
        required=False,
    )
    urgency = forms.CharField(
        label=_("Why it is urgent"),
        help_text=_(
            "Only where a member is suspended or excluded who was not warned in the last twelve months."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, *args, case, charter, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["articles"].queryset = (
            Article.objects.filter(version=charter).select_related("version").prefetch_related("texts")
        )
        if case.contribution is None:
            for field in ("measure", "label", "duration", "ends_on"):
                del self.fields[field]
        elif case.contribution.root_id:
            self.fields["measure"].choices = [
                choice for choice in Decision.Measure.choices if choice[0] != Decision.Measure.LOCK
            ]

    def _clean_completed(self, name):
        value = self.cleaned_data[name]
        if TO_COMPLETE in value:
            raise forms.ValidationError(
                _("Replace each %(mark)s by your own words: the person concerned has a right to reasons.")
                % {"mark": TO_COMPLETE}
            )
        return value

    def clean_facts(self):
        return self._clean_completed("facts")

    def clean_explanation(self):
        return self._clean_completed("explanation")

    def clean(self):
        data = super().clean()
        if data.get("duration") == UNTIL_DATE:
            ends_on = data.get("ends_on")
            if ends_on is None and "ends_on" not in self.errors:
                self.add_error("ends_on", _("Say until which day."))
            elif ends_on and ends_on < timezone.localdate():
                self.add_error("ends_on", _("This day is over: choose a later one."))
        needs_days = data.get("sanction") in (Sanction.Kind.RESTRICTED, Sanction.Kind.SUSPENDED)
        if needs_days and not data.get("sanction_days") and "sanction_days" not in self.errors:
            self.add_error("sanction_days", _("Say for how many days."))
        return data

    def terms(self):
        """What was filled in, as the actions take it; call once the form is valid."""
        data = self.cleaned_data
        ends_at = None
        if data.get("duration") == UNTIL_DATE and data.get("measure"):
            following = data["ends_on"] + timedelta(days=1)
            ends_at = timezone.make_aware(datetime.combine(following, time.min))
        sanction = None
        if data["sanction"]:
            days = data["sanction_days"]
            sanction = {
                "kind": data["sanction"],
                "ends_at": timezone.now() + timedelta(days=days) if days else None,
                "urgency": data["urgency"],
            }
        return {
            "outcome": data["outcome"],
            "measure": data.get("measure", ""),
            "label": data.get("label", ""),
            "ends_at": ends_at,
            "articles": list(data["articles"]),
            "legal_ground": data["legal_ground"],
            "facts": data["facts"],
            "explanation": data["explanation"],
            "scope": data["scope"],
            "sanction": sanction,
        }


class VoidForm(forms.Form):
    """Why there is nothing left to decide."""

    reason = forms.CharField(
        label=_("Why there is nothing left to decide"),
        help_text=_("Those who reported read it."),
        max_length=300,
        error_messages={"required": _("Say why there is nothing left to decide.")},
    )


class AppealJudgmentForm(forms.Form):
    """How an appeal ends, and why."""

    verdict = forms.ChoiceField(
        label=_("Judgment"),
        choices=[
            (Appeal.Outcome.UPHELD, _("Upheld: the decision stands")),
            (Appeal.Outcome.VARIED, _("Varied: another decision takes its place, filled in below")),
            (Appeal.Outcome.OVERTURNED, _("Overturned: everything is put back as it was")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The person who appeals reads them."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        if decision.outcome == Decision.Outcome.DISMISS:
            self.fields["verdict"].choices = self.fields["verdict"].choices[:2]
