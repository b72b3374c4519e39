"""What moderators fill in."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.members.models import Member

from ..models import Appeal, Decision, Sanction
from ..permissions import THEIR_MEASURES, THEIR_SANCTIONS
from ..statements import PHRASES, TO_COMPLETE, composed, phrases_in

# The measures on a person that last so many days.
WITH_DAYS = (Sanction.Kind.RESTRICTED, Sanction.Kind.SUSPENDED, Sanction.Kind.GROUP_BAN)
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
    phrases = forms.MultipleChoiceField(
        label=_("To add at the end"),
        help_text=_("In the language of the person concerned."),
        choices=[(code, phrase) for code, phrase in PHRASES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
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
        help_text=_("For “posting restricted”, “suspended” and “removed from the group”."),
        min_value=1,
        max_value=365,
        required=False,
    )
    restriction = forms.ChoiceField(
        label=_("For “posting restricted”"),
        choices=Sanction.Restriction.choices,
        widget=forms.RadioSelect,
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

    def __init__(self, *args, case, charter, moderates=True, **kwargs):
        """`moderates` is False for facilitators, who choose among fewer measures."""
        super().__init__(*args, **kwargs)
        self.case = case
        self.charter = charter
        self.moderates = moderates
        self.fields["articles"].queryset = (
            Article.objects.filter(version=charter).select_related("version").prefetch_related("texts")
        )
        sanctions = list(self.fields["sanction"].choices)
        if not moderates:
            sanctions = [choice for choice in sanctions if choice[0] in ("", *THEIR_SANCTIONS)]
            for field in ("restriction", "urgency", "legal_ground"):
                del self.fields[field]
        space = case.contribution.space if case.contribution else case.space
        if space is None or space.kind != space.Kind.GROUP:
            sanctions = [choice for choice in sanctions if choice[0] != Sanction.Kind.GROUP_BAN]
        self.fields["sanction"].choices = sanctions
        if case.contribution is None:
            for field in ("measure", "label", "duration", "ends_on"):
                del self.fields[field]
            return
        measures = Decision.Measure.choices
        if not moderates:
            measures = [choice for choice in measures if choice[0] in THEIR_MEASURES]
        if case.contribution.root_id:
            measures = [choice for choice in measures if choice[0] != Decision.Measure.LOCK]
        self.fields["measure"].choices = measures

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
        needs_days = data.get("sanction") in WITH_DAYS
        if needs_days and not data.get("sanction_days") and "sanction_days" not in self.errors:
            self.add_error("sanction_days", _("Say for how many days."))
        return data

    def with_phrases(self):
        """What was typed, unchecked, followed by phrases for the articles that are ticked now."""
        self.full_clean()
        typed = {name: self[name].value() for name in self.fields}
        phrases = composed(self.case, list(self.cleaned_data.get("articles", ())))["explanation"]
        if phrases not in typed["explanation"]:
            typed["explanation"] = "\n\n".join([typed["explanation"].rstrip(), phrases]).strip()
        return type(self)(initial=typed, case=self.case, charter=self.charter, moderates=self.moderates)

    def terms(self):
        """What was filled in, as the actions take it; call once the form is valid."""
        data = self.cleaned_data
        ends_at = None
        if data.get("duration") == UNTIL_DATE and data.get("measure"):
            following = data["ends_on"] + timedelta(days=1)
            ends_at = timezone.make_aware(datetime.combine(following, time.min))
        sanction = None
        if data["sanction"]:
            days = data["sanction_days"] if data["sanction"] in WITH_DAYS else None
            sanction = {
                "kind": data["sanction"],
                "ends_at": timezone.now() + timedelta(days=days) if days else None,
                "urgency": data.get("urgency", ""),
                "restriction": data.get("restriction", ""),
            }
        return {
            "outcome": data["outcome"],
            "measure": data.get("measure", ""),
            "label": data.get("label", ""),
            "ends_at": ends_at,
            "articles": list(data["articles"]),
            "legal_ground": data.get("legal_ground", ""),
            "facts": data["facts"],
            "explanation": "\n\n".join(
                [data["explanation"], *phrases_in(self.case.concerned.language, data["phrases"])]
            ),
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


class NoteForm(forms.Form):
    """A note for the other moderators."""

    text = forms.CharField(
        label=_("Note for the other moderators"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your note.")},
    )


class QuestionForm(forms.Form):
    """What the author should correct or explain."""

    question = forms.CharField(
        label=_("What should the author correct or explain?"),
        help_text=_("The author reads it as you write it. Name nobody who reported."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the author should correct or explain.")},
    )


class AssignmentForm(forms.Form):
    """Who has the case in hand from now on."""

    to = forms.ModelChoiceField(Member.objects.none(), label=_("Give it to"), empty_label=None)

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues


class WithdrawalForm(forms.Form):
    """Why a decision was wrong."""

    reason = forms.CharField(
        label=_("Why the decision is withdrawn"),
        help_text=_("The person concerned and those who reported read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why: those whom it concerns will read it.")},
    )
