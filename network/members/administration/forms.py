from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import ROLES, Institution, InstitutionDomain, Member


class VerifyForm(forms.Form):
    """An administrator vouches for a member, and says where they work."""

    institution = forms.ModelChoiceField(
        label=_("Works for"),
        queryset=Institution.objects.order_by("name_fr"),
        help_text=_("Choose the institution as you know it: it stands beside everything the member says."),
    )


class DeactivateForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=_("The member gets these words by e-mail."),
    )


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class InstitutionForm(forms.ModelForm):
    """An institution with its domains and spokespeople, one a line."""

    domains = forms.CharField(
        label=_("E-mail domains"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "What stands after the @, one a line, such as commune.brussels. Whoever confirms an address of "
            "one of these domains is verified at once. A sub-domain counts only if it stands here itself."
        ),
    )
    spokespeople = forms.CharField(
        label=_("Spokespeople"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "E-mail address or handle of members of this institution, one a line: they may speak on its behalf."
        ),
    )

    class Meta:
        model = Institution
        fields = [
            "name_fr",
            "name_nl",
            "name_en",
            "acronym_fr",
            "acronym_nl",
            "acronym_en",
            "level",
            "logo",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["domains"] = "\n".join(
                self.instance.domains.order_by("domain").values_list("domain", flat=True)
            )
            self.initial["spokespeople"] = "\n".join(
                self.instance.spokespeople.order_by("name").values_list("email", flat=True)
            )

    def _lines(self, name):
        lines = (line.strip().lower().lstrip("@") for line in self.cleaned_data[name].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean_domains(self):
        domains = self._lines("domains")
        field = InstitutionDomain._meta.get_field("domain")
        for domain in domains:
            try:
                field.run_validators(domain)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(domain)s”: a domain is what stands after the @, such as commune.brussels."),
                    params={"domain": domain},
                ) from error
        taken = (
            InstitutionDomain.objects.filter(domain__in=domains)
            .exclude(institution=self.instance.pk)
            .select_related("institution")
            .first()
        )
        if taken:
            raise ValidationError(
                _("“%(domain)s” belongs to %(institution)s already."),
                params={"domain": taken.domain, "institution": taken.institution.display_name},
            )
        return domains

    def clean_spokespeople(self):
        lines = self._lines("spokespeople")
        found = {}
        for member in Member.objects.named(lines).filter(status="active"):
            found[member.email.lower()] = found[member.handle] = member
        for line in lines:
            if line not in found:
                raise ValidationError(_("“%(line)s” is no active member of the site."), params={"line": line})
            if found[line].institution_id != self.instance.pk or not self.instance.pk:
                raise ValidationError(
                    _("%(name)s doesn't work for this institution."), params={"name": found[line].name}
                )
        return list({found[line].pk: found[line] for line in lines}.values())

    def _post_clean(self):
        """The institution isn't touched here: the action changes it."""

    def values(self):
        """The institution's own fields, as `save_institution` takes them."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        # An upload field left alone: the logo stays. Ticked away: False.
        if values["logo"] is False:
            values["logo"] = ""
        return values
