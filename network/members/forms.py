from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from network.core.models import Language
from network.core.refusals import Refused
from network.tags.actions import MOST_TAGS

from .models import FormerHandle, Institution, Member
from .portraits import portrait_from

MOST_LINKS = 5


class LinesField(forms.CharField):
    """Addresses of pages, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "url"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines() if line.strip()]
        return [line if "://" in line else f"https://{line}" for line in lines]

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_LINKS:
            raise ValidationError(_("At most %(most)s links, please."), params={"most": MOST_LINKS})
        check = URLValidator(schemes=["http", "https"])
        for line in value:
            try:
                check(line)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(line)s” is no address of a page."), params={"line": line}
                ) from error

    def run_validators(self, value):
        """Each line was checked by itself."""


class ProfileForm(forms.ModelForm):
    """What a member says of themselves. The institution is a choice only while nobody has verified it."""

    expertise = forms.CharField(
        label=_("What you know about"),
        required=False,
        max_length=500,
        help_text=_("Subjects, with commas between them: colleagues find you by these."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-complete": "/tags/complete/"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you read"),
        choices=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    links = LinesField(label=_("Links"), required=False, help_text=_("One a line, five at most."))
    new_photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP. Verified members see it; so does everyone who reads what you say in public."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)

    class Meta:
        model = Member
        fields = ["name", "handle", "job_title", "institution", "unit", "bio", "language", "shortcuts"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 6})}
        labels = {"shortcuts": _("Keyboard shortcuts")}
        help_texts = {"shortcuts": _("Single keys do something: the key ? lists them.")}

    field_order = [
        "name",
        "job_title",
        "institution",
        "unit",
        "bio",
        "expertise",
        "languages",
        "links",
        "new_photo",
        "remove_photo",
        "handle",
        "language",
        "shortcuts",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        member = self.instance
        if member.is_verified:
            del self.fields["institution"]
        else:
            self.fields["institution"].queryset = Institution.objects.order_by("name_fr")
        if not member.photo:
            del self.fields["remove_photo"]
        self.initial.setdefault("languages", member.languages)
        self.initial.setdefault("links", member.links)
        if "expertise" not in self.initial or not isinstance(self.initial["expertise"], str):
            self.initial["expertise"] = ", ".join(tag.label for tag in member.expertise.all())

    def clean_handle(self):
        handle = self.cleaned_data["handle"].lower()
        if FormerHandle.objects.exclude(member=self.instance).filter(handle=handle).exists():
            raise ValidationError(_("This handle is taken. Please choose another one."))
        return handle

    def clean_expertise(self):
        names = [name.strip() for name in self.cleaned_data["expertise"].split(",") if name.strip()]
        if len(names) > MOST_TAGS:
            raise ValidationError(_("At most %(most)s subjects, please."), params={"most": MOST_TAGS})
        return names

    def clean_new_photo(self):
        file = self.cleaned_data["new_photo"]
        if not file:
            return None
        try:
            return portrait_from(file)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def _post_clean(self):
        """The member isn't touched here: the action changes it."""

    def clean(self):
        cleaned = super().clean()
        handle = cleaned.get("handle")
        if handle and Member.objects.exclude(pk=self.instance.pk).filter(handle=handle).exists():
            self.add_error("handle", _("This handle is taken. Please choose another one."))
        return cleaned

    def profile(self):
        """What was filled in, as `update_profile` takes it."""
        names = (
            "name",
            "job_title",
            "unit",
            "bio",
            "languages",
            "links",
            "language",
            "expertise",
            "shortcuts",
        )
        values = {name: self.cleaned_data[name] for name in names}
        if "institution" in self.cleaned_data:
            values["institution"] = self.cleaned_data["institution"]
        return values


class LeaveForm(forms.Form):
    """The last question before one leaves."""

    sure = forms.BooleanField(
        label=_("I want to leave the network"),
        error_messages={"required": _("Tick this box if you want to leave.")},
    )
