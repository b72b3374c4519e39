"""The browsers that members know, from what a browser says of itself. Pure display."""

from django import template
from django.utils.text import Truncator
from django.utils.translation import gettext

register = template.Library()

# In this order: most browsers also name those that they descend from.
BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("OPR/",), "Opera"),
    (("Vivaldi/",), "Vivaldi"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/"), "Chrome"),
    (("Safari/",), "Safari"),
)
SYSTEMS = (
    (("iPhone",), "iPhone"),
    (("iPad",), "iPad"),
    (("Android",), "Android"),
    (("Windows",), "Windows"),
    (("CrOS",), "ChromeOS"),
    (("Macintosh",), "Mac"),
    (("Linux", "X11"), "Linux"),
)
# Characters of what an unknown browser says of itself.
SHOWN = 60


@register.filter
def browser(user_agent):
    """Return a browser in words, such as "Firefox on Windows"; one that isn't known, as it calls itself."""
    name, system = _known(BROWSERS, user_agent), _known(SYSTEMS, user_agent)
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or Truncator(user_agent).chars(SHOWN) or gettext("Unknown browser")


def _known(names, user_agent):
    return next((name for marks, name in names if any(mark in user_agent for mark in marks)), "")
