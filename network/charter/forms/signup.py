"""Apart from the other forms: allauth's build on those, and this one builds on allauth's."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from network.core.refusals import Refused


class JoinForm(AllauthSignupForm):
    """The sign-up with e-mail and password."""

    field_order = ["name", "email", "password1", "accept"]

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
