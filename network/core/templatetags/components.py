"""What the components need beyond Django's own filters. Pure display: nothing here reads the database."""

import hashlib
from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from network.core.parking import texts_of

register = template.Library()

HUES = 12
PARTICLES = {"de", "del", "der", "den", "di", "du", "el", "la", "le", "ten", "ter", "van", "von"}


@register.filter
def initials(name):
    """Return the one or two letters that stand for a name: "Pieter van den Berg" gives "PB"."""
    words = [word for word in str(name).replace("-", " ").split() if word.lower() not in PARTICLES]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


@register.filter
def hue(key):
    """Return a number from 0 to 11, always the same for the same key: the colour of an avatar."""
    return hashlib.sha256(str(key).encode()).digest()[0] % HUES


@register.filter
def typed_texts(request):
    """Return the texts that a refused form carried: see `parking.texts_of`."""
    return texts_of(request)


@register.filter
def up_to(number, most):
    """Return the number as text, or "most+" once it is larger: 120 up to 99 gives "99+"."""
    return f"{most}+" if number and number > most else str(number or 0)


@register.filter
def ago(when):
    """Return how long ago a moment was, in words; beyond a week, its date."""
    now = timezone.now()
    age = now - when
    if age < timedelta(minutes=1):
        return gettext("just now") if age > timedelta(minutes=-1) else _date(when, now)
    if age < timedelta(hours=1):
        minutes = age.seconds // 60
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    if age < timedelta(days=1):
        hours = age.seconds // 3600
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    if age < timedelta(days=7):
        return ngettext("%(count)d day ago", "%(count)d days ago", age.days) % {"count": age.days}
    return _date(when, now)


@register.filter(expects_localtime=True)
def machine_time(when):
    """Return a moment as programs read it, to the second: HTML knows no smaller part than a thousandth."""
    return when.isoformat(timespec="seconds")


def _date(when, now):
    when = timezone.localtime(when)
    pattern = "MONTH_DAY_FORMAT" if when.year == timezone.localtime(now).year else "DATE_FORMAT"
    return date_format(when, pattern)


# What makes another page of an address: the place in a list or a discussion. All else shows the same otherwise.
PLACES = ("after", "from")


@register.simple_tag
def canonical_url(request):
    """Return the one address of what a page shows, its host included."""
    kept = {name: request.GET[name] for name in PLACES if request.GET.get(name)}
    return request.build_absolute_uri(f"{request.path}?{urlencode(kept)}" if kept else request.path)


@register.simple_tag
def absolute_url(request, address):
    """Return an address of the site with its host."""
    return request.build_absolute_uri(address)
