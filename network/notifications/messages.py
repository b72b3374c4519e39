"""The words of what is sent."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import translation

from . import kinds

# How much of what was said a message quotes, in characters.
QUOTE = 600
_signer = Signer(salt="network.notifications.stop")


def plain(template, context):
    """A template of plain text, rendered: nothing is escaped, since nothing will read it as HTML."""
    return get_template(template).template.render(Context(context, autoescape=False)).strip()


def sentence(notification):
    """The line that says what happened, in the current language, on one line of plain text."""
    kind = kinds.get(notification.kind)
    context = {
        "notification": notification,
        "actors": notification.actors_text,
        "actor_count": notification.actor_count,
        kind.subject: notification.subject,
    }
    return " ".join(plain(kind.sentence_template, context).split())


def render(template, *, language, context):
    """Subject, text and HTML of the message `emails/<template>`, in a language."""
    with translation.override(language):
        context = {"language": language, "base_url": settings.BASE_URL, **context}
        subject = " ".join(plain(f"emails/{template}.subject.txt", context).split())
        text = plain(f"emails/{template}.txt", context) + "\n"
        html = render_to_string(f"emails/{template}.html", context)
    return subject[:255], text, html


def write(mail):
    """Give the message of a notification its words, as things stand now. Doesn't save it."""
    notification, recipient = mail.notification, mail.recipient
    kind = kinds.get(notification.kind)
    mail.to, mail.language = recipient.email, recipient.language
    stop_url = f"{settings.BASE_URL}{stop_path(recipient, kind)}" if kind.can_stop else ""
    with translation.override(mail.language):
        context = {
            "notification": notification,
            "recipient": recipient,
            "sentence": sentence(notification),
            "quote": notification.quote_for(recipient, length=QUOTE),
            "url": f"{settings.BASE_URL}{reverse('notifications:open', args=[notification.pk])}",
            "why": kind.why,
            "unsubscribe_url": stop_url,
            "settings_url": f"{settings.BASE_URL}/me/notifications/",
            kind.subject: notification.subject,
        }
        mail.subject, mail.text, mail.html = render(
            kind.mail_template, language=mail.language, context=context
        )
    if stop_url:
        mail.headers = {**mail.headers, **stop_headers(stop_url)}


def stop_headers(address):
    """What lets a mail program stop such messages with one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def as_email(mail):
    """The message as Django sends it. Its Message-ID follows from its key: a repetition is recognised."""
    headers = {
        "Message-ID": f"<{mail.key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
        **mail.headers,
    }
    email = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        email.attach_alternative(mail.html, "text/html")
    return email


def stop_path(member, kind):
    """The address that stops the messages of a kind for a member, without logging in."""
    token = _signer.sign_object({"member": member.pk, "kind": kind.code})
    return reverse("notifications:stop", args=[token])


def read_stop_token(token):
    """The member's key and the code of the kind that a token was made for, or None when it is false."""
    try:
        told = _signer.unsign_object(token)
        return told["member"], kinds.get(told["kind"]).code
    except (BadSignature, KeyError, TypeError, ValueError):
        return None
