"""Apart from the other forms: allauth's build on those, and this one builds on allauth's."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from network.core.refusals import Refused

# A page left open for longer is begun anew.
LONGEST = 24 * 60 * 60
_signer = signing.TimestampSigner(salt="network.charter.signup")


class JoinForm(AllauthSignupForm):
    """The sign-up with e-mail and password."""

    field_order = ["name", "email", "password1", "accept"]
    # When the page with the form was made, signed.
    begun = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = _("E-mail address")
        email.help_text = _("The one of your work: its domain shows that you are a civil servant.")
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)
        # A trap for programs that fill in everything; hidden by a class, since the site has no inline style.
        self.fields["website"].label = _("Leave this field empty")
        self.fields["website"].widget.attrs = {"tabindex": "-1", "autocomplete": "off"}
        self.initial["begun"] = _signer.sign("signup")

    def clean(self):
        """What programs do is refused in words: a person whose browser did it for them sends the form once more."""
        data = super().clean()
        if data.get("website"):
            self._set("website", "")
            self.add_error(
                None,
                _(
                    "A field that people don't see was filled in, perhaps by your browser. It is empty now: "
                    "please send the form again."
                ),
            )
        elif not self._took_time(data.get("begun", "")):
            self.add_error(
                None,
                _(
                    "That was faster than anybody reads. Please look at the charter, then send the form again."
                ),
            )
        return data

    def _took_time(self, begun):
        """Were there seconds between the page and the form? Sent again, they count from the first page."""
        if not settings.SIGNUP_SECONDS:
            return True
        try:
            _signer.unsign(begun, max_age=LONGEST)
        except signing.BadSignature:
            self._set("begun", _signer.sign("signup"))
            return False
        try:
            _signer.unsign(begun, max_age=settings.SIGNUP_SECONDS)
        except signing.SignatureExpired:
            return True
        return False

    def _set(self, name, value):
        self.data = self.data.copy()
        self.data[name] = value

    @transaction.atomic
    def save(self, request):
        """Account, acceptance and address are written together or not at all."""
        return super().save(request)

    def try_save(self, request):
        try:
            return super().try_save(request)
        except IntegrityError:
            # The same address was sent twice at the same moment: the second is told what any second is told.
            self.account_already_exists = True
            return super().try_save(request)
        except Refused as refusal:
            # Another version of the charter came into force within this very request.
            messages.error(request, str(refusal))
            raise ImmediateHttpResponse(HttpResponseRedirect(request.path)) from refusal
