from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 200 * 1024 * 1024


class SendForm(forms.Form):
    """The file that holds the posts."""

    file = forms.FileField(
        label=_("The file with your posts"),
        widget=forms.FileInput(attrs={"accept": ".zip,.xml,application/zip,text/xml"}),
        help_text=_(
            "A zip with a Markdown file for each post (and the pictures that they show), or what WordPress "
            "exports (XML, or a zip with the XML and the pictures). 200 MB at most."
        ),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is too large: 200 MB at most. Split it into several."))
        return file


class StartForm(forms.Form):
    """Who reads what comes in."""

    audience = forms.ChoiceField(
        label=_("Who reads what comes in"),
        choices=[
            ("network", _("Verified members of the network only")),
            (
                "blog",
                _(
                    "Everyone who reads your blog: if it is public, anyone on the web, journalists and your "
                    "management included"
                ),
            ),
        ],
        widget=forms.RadioSelect,
        initial="network",
        help_text=_("What the file says is for fewer people stays for them."),
    )

    def clean_audience(self):
        """As posts have it: empty for everyone who reads the blog."""
        return "" if self.cleaned_data["audience"] == "blog" else "network"
