"""What members may write: one configuration for the editor, and the allow-list that follows from it."""

import html
import re

from django.utils.html import linebreaks, strip_tags
from django_prose_editor.fields import create_sanitizer

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Code": True,
    "CodeBlock": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
    "HorizontalRule": True,
    "Table": True,
    "Image": True,
}

_sanitize = create_sanitizer(EXTENSIONS)
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|tr|figcaption|table)>|<br ?/?>|<hr ?/?>")
_OWN_FILE = re.compile(r"^/files/\d+/")
_IMAGE = re.compile(r"<img\b[^>]*>")
_SOURCE = re.compile(r'\bsrc="([^"]*)"')


def clean_html(value):
    """The words of a member, with nothing but what the editor can make. Cleaning twice changes nothing.

    Pictures may come from the site's own files alone: a picture from elsewhere tells a stranger who reads.
    """
    cleaned = _sanitize(value or "")
    return _IMAGE.sub(_keep_own_image, cleaned).strip()


def _keep_own_image(match):
    source = _SOURCE.search(match[0])
    return match[0] if source and _OWN_FILE.match(source[1]) else ""


def from_plain_text(text):
    """Plain text, as typed without JavaScript, as paragraphs; every character stays what it was."""
    return clean_html(linebreaks(text.strip(), autoescape=True))


def to_plain_text(value, separator="\n"):
    """The words alone of cleaned HTML, blocks kept apart: for search, excerpts, mail and plain text fields."""
    text = html.unescape(strip_tags(_BLOCK_ENDS.sub("\n", value)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return separator.join(line for line in lines if line)
