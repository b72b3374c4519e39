"""The site as an application on a telephone or a desktop: what it says of itself, and what it shows offline."""

import hashlib
import json
from functools import cache

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# All that the page without a connection needs. Nothing of a member is kept.
KEPT = ("css/offline.css", "icons/boucle.svg", "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2")


def manifest():
    """What a browser asks to install the site, in the reader's language."""
    return {
        "id": "/",
        "name": "Boucle",
        "short_name": "Boucle",
        "description": _("The professional network of Brussels' civil servants."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#faf7f2",
        "theme_color": "#24418f",
        "icons": [
            _icon("boucle-192.png", "192x192", "any"),
            _icon("boucle-512.png", "512x512", "any"),
            _icon("boucle-maskable-512.png", "512x512", "maskable"),
        ],
    }


def _icon(name, sizes, purpose):
    return {"src": static(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}


@cache
def service_worker():
    """The script that answers where there is no connection; it changes with what it keeps."""
    kept = [static(name) for name in KEPT]
    version = hashlib.sha256(render_to_string("offline.html").encode()).hexdigest()[:12]
    context = {"kept": json.dumps(kept), "version": version}
    return render_to_string("service_worker.js", context)
