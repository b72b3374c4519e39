"""A folder of Markdown: each file a post, with what is known of it above its text (YAML between lines of ---)."""

import posixpath
import re
from datetime import UTC, date, datetime

import yaml
from django.utils.dateparse import parse_datetime

from network.core.models import Language

from .entries import Entry

_FRONT = re.compile(r"\A---[ \t]*\n(?P<known>.*?)^---[ \t]*\n?", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\A\s*# (?P<title>[^\n]+)\n")
MOST_FRONT = 20_000
# Files about the folder itself.
_ABOUT = {"readme.md", "license.md", "changelog.md"}


def entries_of(folder):
    """Each post of a folder, in the order of its paths."""
    for path in folder.paths(".md", ".markdown"):
        if posixpath.basename(path).lower() not in _ABOUT:
            yield _entry(path, folder.read(path))


def _entry(path, content):
    entry = Entry(f"markdown:{path}", title=_name(path), folder=posixpath.dirname(path))
    if content is None:
        entry.refusal = "too_long"
        return entry
    try:
        words = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        entry.refusal = "bad_encoding"
        return entry
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    known, words = _split(words, entry)
    if not entry.refusal:
        _fill(entry, known, words)
    return entry


def _name(path):
    return posixpath.splitext(posixpath.basename(path))[0].replace("-", " ").replace("_", " ").strip()


def _split(words, entry):
    found = _FRONT.match(words)
    if not found:
        return {}, words
    try:
        if len(found["known"]) > MOST_FRONT:
            raise ValueError
        known = yaml.safe_load(found["known"])
    except (yaml.YAMLError, ValueError, RecursionError):
        entry.refusal = "bad_front_matter"
        return {}, words
    if known is not None and not isinstance(known, dict):
        entry.refusal = "bad_front_matter"
        known = {}
    return known or {}, words[found.end() :]


def _text(known, name):
    value = known.get(name)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _fill(entry, known, words):
    title = _text(known, "title")
    if not title and (found := _TITLE.match(words)):
        title, words = found["title"].strip(), words[found.end() :]
    entry.source = _text(known, "id") or entry.source
    entry.title = title or entry.title
    entry.slug = _text(known, "slug")
    entry.summary = _text(known, "summary") or _text(known, "description")
    language = _text(known, "language") or _text(known, "lang")
    entry.language = language[:2] if language[:2] in Language.values else ""
    entry.tags = _tags(known.get("tags"))
    entry.published_at = _moment(known.get("date"))
    entry.audience, entry.group = _text(known, "audience"), _text(known, "audience_group")
    entry.institution = _text(known, "institution")
    entry.series = _text(known, "series")
    entry.cover, entry.cover_alt = _text(known, "cover"), _text(known, "cover_alt")
    entry.replies_open = known.get("replies_open") is not False
    if known.get("corrections"):
        entry.note("corrections")
    entry.body, entry.is_markdown = words, True
    if known.get("draft") is True or known.get("published") is False:
        entry.become_draft()
    elif entry.published_at is None:
        entry.become_draft("no_date")


def _tags(value):
    if isinstance(value, str):
        value = value.split(",")
    return [str(name) for name in value if isinstance(name, str | int)] if isinstance(value, list) else []


def _moment(value):
    if isinstance(value, str):
        try:
            value = parse_datetime(value.strip()) or date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    return None
