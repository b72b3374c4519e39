"""What members may write: one configuration for the editor, and the allow-list that follows from it."""

import html
import re

import nh3
from django.utils.html import linebreaks, strip_tags
from django_prose_editor.config import allowlist_from_extensions, expand_extensions

# The site's own toolbar stands in place of the package's, and browsers check the spelling.
EXTENSIONS = {
    "Menu": False,
    "NoSpellCheck": False,
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
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Image": True,
    "Figure": True,
    "Caption": True,
    "Callout": True,
}
# Those that the site has made itself (static/js/editor-nodes.js), and the elements that each one writes.
_OWN = {"Figure": {"figure"}, "Caption": {"figcaption"}, "Callout": {"aside"}}

_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|pre|tr|figcaption|table|aside)>|<br ?/?>|<hr ?/?>")
# The address of a file of the site, with nothing in its name that leads elsewhere.
_OWN_FILE = re.compile(r"/files/\d+/(?:\w|-|%[89A-Fa-f][\dA-Fa-f])+\.\w{1,5}")
_NUMBER = re.compile(r"\d{1,5}")
_NUMBERS = {"width", "height", "rowspan", "colspan", "start"}
_SIDE_DATA = {"data-file", "data-type", "type"}
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?: (?!src=)[\w-]+="[^"]*")*>')
_EMPTY = re.compile(r"<(\w+)></\1>")
# Broken markup may need a few rounds until nothing in it changes any more.
_ROUNDS = 6


def editor_configuration():
    """The extensions of the editor with their options, as its script reads them."""
    return expand_extensions(EXTENSIONS)


def _filter_attribute(tag, name, value):
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    if name in _SIDE_DATA:
        return None
    if (tag, name) == ("img", "src"):
        return value if _OWN_FILE.fullmatch(value) else None
    return value


def _allow_list():
    """What the extensions can write: the package says it of its own, `_OWN` of the site's."""
    extensions = editor_configuration()
    allowed = allowlist_from_extensions({name: how for name, how in extensions.items() if name not in _OWN})
    for name in extensions.keys() & _OWN.keys():
        allowed["tags"] |= _OWN[name]
    return allowed


_cleaner = nh3.Cleaner(**_allow_list(), attribute_filter=_filter_attribute)


def clean_html(value):
    """The words of a member, with nothing but what the editor can make. Cleaning twice changes nothing.

    Pictures may come from the site's own files alone: a picture from elsewhere tells a stranger who reads.
    """
    value = value or ""
    for _round in range(_ROUNDS):
        cleaned = _IMAGE_WITHOUT_SOURCE.sub("", _cleaner.clean(value)).strip()
        cleaned = "" if _EMPTY.fullmatch(cleaned) else cleaned
        if cleaned == value:
            return cleaned
        value = cleaned
    return _paragraphs(strip_tags(value))


def _paragraphs(text):
    return linebreaks(text.strip(), autoescape=True)


def from_plain_text(text):
    """Plain text, as typed without JavaScript, as paragraphs; every character stays what it was."""
    return clean_html(_paragraphs(text))


def to_plain_text(value, separator="\n"):
    """The words alone of cleaned HTML, blocks kept apart: for search, excerpts, mail and plain text fields."""
    text = html.unescape(strip_tags(_BLOCK_ENDS.sub("\n", value)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return separator.join(line for line in lines if line)
