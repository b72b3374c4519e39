"""What a member typed is kept when the site sends them elsewhere first (to log in, to accept a charter).

The form is found again at the address it was sent to: its view starts from `take(request)`. Where the form can't
be shown any more, the page that says so shows what was typed: `texts_of(request)`.
"""

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from .editor import clean_html, to_plain_text

_KEY = "parked"
_MOST = 5
_IGNORED = {"csrfmiddlewaretoken"}
# Beside a text that came from the editor, the field that says so.
_FORMAT = "_format"


def park(request, path=None):
    """Keep what this POST carried for the session, under its path or another one where its form stands now.

    Files can't be kept: only words are.
    """
    path = path or request.path
    words = {
        name: values
        for name, values in request.POST.lists()
        if name not in _IGNORED and "password" not in name and any(values)
    }
    if not words:
        return
    parked = request.session.get(_KEY, {})
    parked.pop(path, None)
    parked[path] = words
    request.session[_KEY] = dict(list(parked.items())[-_MOST:])


def is_parked(request, path):
    """Is something kept for this path?"""
    return path in request.session.get(_KEY, {})


def take(request):
    """The words kept for this path, for a form's `initial` (lists only where several were sent), or None.

    They are given once: what is shown in a form is the reader's again.
    """
    parked = request.session.get(_KEY)
    if not parked or request.path not in parked:
        return None
    words = parked.pop(request.path)
    request.session[_KEY] = parked
    return {name: values if len(values) > 1 else values[0] for name, values in words.items()}


def texts_of(request):
    """The texts that this POST carried, as plain words, for a page that can't show its form; never a password.

    A single word is no text: it may be a key of the form. Those of visitors aren't given: another site may have
    sent them.
    """
    if request.method != "POST" or not request.user.is_authenticated:
        return []
    try:
        sent = request.POST
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    texts = [
        to_plain_text(clean_html(value), "\n\n") if sent.get(f"{name}{_FORMAT}") == "html" else value.strip()
        for name, value in sent.items()
        if name not in _IGNORED and "password" not in name
    ]
    return [text for text in texts if len(text.split()) > 1]
