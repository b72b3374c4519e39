"""What the site does its own way when people sign up, confirm an address, and log in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import get_client_ip
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from network.core import mail

from . import actions
from .models import Institution, Member

# The messages of allauth that are letters of ours.
LETTERS = {
    "account/email/email_confirmation_signup": "account_welcome",
    "account/email/email_confirmation": "account_confirm",
    "account/email/account_already_exists": "account_exists",
    "account/email/unknown_account": "account_unknown",
    "account/email/password_reset_key": "account_password_reset",
}
# Its notices of a change to an account: one letter, with what changed in it.
CHANGES = {
    "account/email/email_changed": gettext_lazy("Your main e-mail address was changed."),
    "account/email/email_confirm": gettext_lazy("An e-mail address was confirmed."),
    "account/email/email_deleted": gettext_lazy("An e-mail address was removed."),
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_reset": gettext_lazy("Your password was set anew."),
    "account/email/password_set": gettext_lazy("A password was set."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey or security key was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey or security key was removed."),
    "socialaccount/email/account_connected": gettext_lazy("Another way to log in was connected."),
    "socialaccount/email/account_disconnected": gettext_lazy("A way to log in was disconnected."),
}


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        """A new account gets its name from the form, its language from the page, its handle from the name."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.language = get_language()[:2]
        if commit:
            actions.register_member(user)
        return user

    def confirm_email(self, request, email_address):
        """What a confirmed address proves follows at once, and the reader is told."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            member = email_address.user
            institution = actions.verify_by_domain(member, email=email_address.email)
            messages.info(request, _after_confirmation(member, email_address, institution))
        return confirmed

    def post_login(self, request, user, **kwargs):
        """Who still waits may be known by now: the institution, or its domain, is new. Who had left is back."""
        if actions.return_to_network(user):
            messages.success(
                request, _("Welcome back: you haven't left the network. Everything is as it was.")
            )
        if not user.is_verified:
            actions.review_verification(user)
        return super().post_login(request, user, **kwargs)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix, email, context):
        """Every message leaves through the outbox, in the language of who gets it."""
        member = context.get("user") or _member_at(email)
        language = member.language if member else get_language()[:2]
        details = {
            name: context[name]
            for name in ("activate_url", "password_reset_url", "signup_url", "from_email", "to_email")
            if name in context
        }
        template = LETTERS.get(template_prefix, "account_changed")
        if template == "account_changed":
            with override(language):
                details["change"] = str(CHANGES[template_prefix])
            details |= {"at": timezone.now(), "ip": get_client_ip(self.request)}
        mail.queue(
            to=email,
            language=language,
            template=template,
            context={"email": email, "member": member, **details},
            recipient=member,
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Institutions' own log-in follows the rules of the site's."""

    def save_user(self, request, sociallogin, form=None):
        sociallogin.user.name = sociallogin.user.name or sociallogin.account.extra_data.get("name", "")
        sociallogin.user.handle = actions.free_handle(sociallogin.user.name)
        return super().save_user(request, sociallogin, form)


def _member_at(email):
    address = EmailAddress.objects.filter(email__iexact=email).select_related("user").first()
    return address.user if address else Member.objects.filter(email__iexact=email).first()


def _after_confirmation(member, address, institution):
    if institution:
        return _("Your address belongs to %(institution)s: you can take part from now on.") % {
            "institution": institution.display_name
        }
    if not address.primary:
        if Institution.objects.for_address(address.email):
            return _("Make this address your main one, and it will say where you work.")
        return _("You can log in with this address too.")
    return _(
        "We don't know yet which institution your address belongs to. An administrator will look at your "
        "account and write to you; until then you can read what is public and fill in your profile."
    )
