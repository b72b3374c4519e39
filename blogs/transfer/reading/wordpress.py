"""What WordPress exports (WXR 1.0 to 1.2): posts and drafts; comments by others stay theirs."""

import codecs
import html
import re
from datetime import UTC, datetime
from io import StringIO

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.dateparse import parse_datetime

from network.core.models import Language

from .entries import Entry, Unreadable

_DECLARED = re.compile(rb'^<\?xml[^>]*encoding=["\']([A-Za-z0-9._-]+)["\']')
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACE = re.compile(r"^\{(?P<address>[^}]*)\}")
_SHORTCODE = re.compile(r"\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^\[\]]*)?)/?\]")
_KNOWN_SHORTCODES = {"audio", "caption", "code", "embed", "gallery", "playlist", "video", "wp_caption"}
_BLOCKS = re.compile(r"<(p|div|ul|ol|h[1-6]|blockquote|table|pre)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
# The categories that WordPress gives to whatever has none.
_NO_CATEGORY = {"uncategorized", "non-classe", "geen-categorie"}
_LIVE = {"publish"}
_DRAFTS = {"draft", "pending", "future", "private", "auto-draft"}


def entries_of(content):
    """Each post of an export (its bytes), and how many comments stay behind; raises Unreadable."""
    root = _tree(content)
    channel = root.find("channel")
    if channel is None:
        raise Unreadable("broken_xml")
    language = (channel.findtext("language") or "")[:2].lower()
    entries, comments = [], 0
    for item in channel.iterfind("item"):
        fields = _fields(item)
        kind = fields.get("post_type") or "post"
        comments += sum(1 for child in item if _local(child.tag) == "comment")
        if kind == "post":
            entries.append(_entry(item, fields, language))
        elif kind == "page":
            entries.append(Entry(_source(fields), title=fields.get("title", ""), refusal="not_a_post"))
    return entries, comments


def _tree(content):
    words = _NOT_XML.sub("", _decoded(content))
    words = _DECLARATION.sub("", words)
    try:
        # Without a DTD there are no entities to unfold and nothing to fetch.
        return ElementTree.parse(StringIO(words), forbid_dtd=True).getroot()
    except DefusedXmlException as error:
        raise Unreadable("unsafe") from error
    except ElementTree.ParseError as error:
        raise Unreadable("broken_xml") from error


def _decoded(content):
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    found = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8)[:200].lstrip())
    for name in [found[1].decode() if found else "utf-8", "utf-8-sig", "cp1252"]:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", errors="replace")


def _local(tag):
    return _NAMESPACE.sub("", tag)


def _fields(item):
    """The texts of an item by local name; the content and the excerpt, which share one, by their own."""
    fields = {}
    for child in item:
        name, found = _local(child.tag), _NAMESPACE.match(child.tag)
        if name == "encoded" and found:
            name = "excerpt" if "excerpt" in found["address"] else "content"
        if len(child) == 0:
            fields.setdefault(name, child.text or "")
        elif name == "postmeta":
            pair = {_local(part.tag): part.text or "" for part in child}
            key = pair.get("meta_key", "")
            if key.startswith("boucle_"):
                fields[key] = pair.get("meta_value", "")
    return fields


def _source(fields):
    return fields.get("guid") or fields.get("link") or f"wordpress:{fields.get('post_id', '')}"


def _entry(item, fields, language):
    entry = Entry(
        _source(fields),
        # Titles are HTML in WordPress.
        title=html.unescape(re.sub(r"<[^>]+>", "", fields.get("title", ""))).strip(),
        summary=html.unescape(re.sub(r"<[^>]+>", "", fields.get("excerpt", ""))).strip(),
        slug=fields.get("post_name", ""),
        tags=_tags(item),
        published_at=_moment(fields),
        audience=fields.get("boucle_audience", ""),
        group=fields.get("boucle_audience_group", ""),
        institution=fields.get("boucle_institution", ""),
        series=fields.get("boucle_series", ""),
        replies_open=fields.get("comment_status", "open") != "closed",
    )
    chosen = fields.get("boucle_language") or language
    entry.language = chosen if chosen in Language.values else ""
    entry.body = _body(fields.get("content", ""), entry)
    _judge(entry, fields)
    return entry


def _judge(entry, fields):
    status = fields.get("status") or "publish"
    if status == "trash":
        entry.refusal = "trash"
    elif fields.get("post_password") or status == "private":
        entry.become_draft("was_private")
    elif status in _DRAFTS or status not in _LIVE:
        entry.become_draft()
    elif entry.published_at is None:
        entry.become_draft("no_date")


def _tags(item):
    names = []
    for category in item.iterfind("category"):
        domain, slug = category.get("domain", ""), category.get("nicename", "")
        if domain in ("post_tag", "category") and slug not in _NO_CATEGORY and category.text:
            names.append(html.unescape(category.text))
    return names


def _moment(fields):
    exact = parse_datetime(fields.get("boucle_date", "") or "") if fields.get("boucle_date") else None
    if exact:
        return exact
    for name in ("post_date_gmt", "post_date"):
        words = fields.get(name, "").strip()
        if words and not words.startswith("0000"):
            try:
                return datetime.strptime(words, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
            except ValueError:
                continue
    return None


def _body(words, entry):
    words = _COMMENTS.sub("", words.replace("\r\n", "\n"))
    plain = _without_shortcodes(words)
    if plain != words:
        entry.note("shortcodes")
    return plain if _BLOCKS.search(plain) else _paragraphs(plain)


def _without_shortcodes(words):
    ended = {found["name"] for found in _SHORTCODE.finditer(words) if found["end"]}

    def replace(found):
        # "[sic]" and "[1]" are words.
        is_one = found["name"] in ended | _KNOWN_SHORTCODES or "=" in found["rest"]
        return "" if is_one else found[0]

    return _SHORTCODE.sub(replace, words)


def _paragraphs(words):
    """The classic editor of WordPress keeps paragraphs as blank lines, and lines as lines."""
    parts = [part.strip().replace("\n", "<br>") for part in _BLANK_LINES.split(words)]
    return "".join(f"<p>{part}</p>" for part in parts if part)
