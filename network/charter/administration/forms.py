from datetime import datetime, time, timedelta

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from network.core.models import Language

from ..models import Article

MOST_ARTICLES = 60
LONGEST_NOTICE = timedelta(days=366)
_SHORT = {"rows": 3}
_LONG = {"rows": 8}


class ExamplesField(forms.CharField):
    """Short sentences, one a line."""

    widget = forms.Textarea(attrs=_SHORT)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)

    def validate(self, value):
        super().validate(value)
        if any(len(line) > 300 for line in value):
            raise forms.ValidationError(_("An example has at most 300 characters."))


class LanguageFields(forms.Form):
    """A form in which some fields stand once for each language, under `<field>_<language>`."""

    fields_by_language = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in Language:
            for name, (field, label, options) in self.fields_by_language.items():
                self.fields[f"{name}_{language}"] = field(label=label, required=False, **options)

    @property
    def languages(self):
        """For the template: each language with its fields."""
        return [
            (language, [self[f"{name}_{language}"] for name in self.fields_by_language])
            for language in Language
        ]

    def clean(self):
        cleaned = super().clean()
        for language in Language:
            written = {name: cleaned.get(f"{name}_{language}") for name in self.fields_by_language}
            for name in self.needed if any(written.values()) else ():
                if not written[name] and f"{name}_{language}" not in self.errors:
                    self.add_error(
                        f"{name}_{language}",
                        _("This is needed too, where there is anything in %(language)s.")
                        % {"language": language.label},
                    )
        return cleaned

    def texts(self):
        """By language, what was filled in; a language left empty isn't there."""
        texts = {}
        for language in Language.values:
            text = {name: self.cleaned_data[f"{name}_{language}"] for name in self.fields_by_language}
            if any(text.values()):
                texts[language] = text
        return texts


class OpeningForm(LanguageFields):
    """Title and preamble."""

    needed = ("title", "preamble")
    fields_by_language = {
        "title": (forms.CharField, _("Title"), {"max_length": 160}),
        "preamble": (forms.CharField, _("Preamble"), {"widget": forms.Textarea(attrs=_LONG)}),
    }


class ArticleForm(LanguageFields):
    """One article; the place in the charter is its number."""

    needed = ("title", "text")
    fields_by_language = {
        "title": (forms.CharField, _("Title"), {"max_length": 160}),
        "text": (forms.CharField, _("Text"), {"widget": forms.Textarea(attrs=_LONG)}),
        "may": (ExamplesField, _("You may (one example a line)"), {}),
        "may_not": (ExamplesField, _("You may not (one example a line)"), {}),
    }
    code = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_(
            "One word without accents, such as respect. Keep it from version to version, even if the title "
            "changes: reports and decisions refer to it."
        ),
    )
    gravity = forms.TypedChoiceField(
        label=_("How grave a breach is"),
        choices=Article.Gravity.choices,
        coerce=int,
        # As it is sent, so that an empty form left alone counts as unchanged.
        initial=str(Article.Gravity.LIGHT.value),
    )

    def clean_code(self):
        return slugify(self.cleaned_data["code"])


class BaseArticleFormSet(BaseFormSet):
    """Articles, with their place as a number that can be changed."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the charter")
        form.fields["DELETE"].label = _("Remove this article")


ArticleFormSet = formset_factory(
    ArticleForm,
    formset=BaseArticleFormSet,
    extra=1,
    can_delete=True,
    can_order=True,
    max_num=MOST_ARTICLES,
    validate_max=True,
)


def initial_opening(version):
    """What `OpeningForm` shows of a version."""
    return {
        f"{name}_{text.language}": getattr(text, name)
        for text in version.texts.all()
        for name in OpeningForm.fields_by_language
    }


def initial_articles(version):
    """What `ArticleFormSet` shows of a version."""
    return [
        {
            "code": article.code,
            "gravity": article.gravity,
            **{
                f"{name}_{text.language}": getattr(text, name)
                for text in article.texts.all()
                for name in ArticleForm.fields_by_language
            },
        }
        for article in version.articles.all()
    ]


def words_of(opening, articles):
    """What was filled in, as `edit_version` takes it: articles in their order, without those ticked away."""
    return {
        "texts": opening.texts(),
        "articles": [
            {
                "code": form.cleaned_data["code"],
                "gravity": form.cleaned_data["gravity"],
                "texts": form.texts(),
            }
            for form in articles.ordered_forms
            if form.cleaned_data.get("code")
        ],
    }


def _days_field():
    return forms.IntegerField(
        label=_("Days to accept it"),
        min_value=0,
        max_value=90,
        initial=0,
        help_text=_(
            "0: everybody accepts it before going on. Otherwise members who accepted the version before can go "
            "on for so many days, with a reminder on every page."
        ),
    )


class AnnounceForm(forms.Form):
    day = forms.DateField(
        label=_("Comes into force on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At midnight, by itself. Two weeks ahead leaves everybody the time to read."),
    )
    days = _days_field()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not timezone.localdate() < day <= timezone.localdate() + LONGEST_NOTICE:
            raise forms.ValidationError(_("Choose a day to come, within a year."))
        return day

    def moment(self):
        """The midnight that begins the day, in the network's city."""
        zone = timezone.get_default_timezone()
        return datetime.combine(self.cleaned_data["day"], time.min, tzinfo=zone)


class PutInForceForm(forms.Form):
    days = _days_field()

    def grace_until(self):
        """When the time to accept ends, or None where there is none."""
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None
