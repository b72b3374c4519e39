"""Between what the editor makes and Markdown, there and back without loss.

What Markdown can't say, or wouldn't say the same way back, stands in it as HTML: Markdown allows that.
"""

from bs4 import BeautifulSoup, NavigableString
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from markdown_it import MarkdownIt
from markdownify import BACKSLASH, MarkdownConverter

from network.core.editor import clean_html

_PARSER = "html.parser"
_reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Between the blocks of these, spaces mean nothing.
_FRAMES = {"[document]", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "td", "th"}
# What stands in these is made of paragraphs, as the editor makes it.
_HOLDERS = {"li", "td", "th"}
_INLINE = {"a", "b", "br", "code", "del", "em", "i", "img", "s", "strong", "sub", "sup", "u", "span"}
_LISTS = {"ul", "ol"}


class _AsWritten(HTMLFormatter):
    """Attributes stay in their order."""

    def attributes(self, tag):
        return list(tag.attrs.items())


_formatter = _AsWritten(entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix="")


class _Converter(MarkdownConverter):
    class DefaultOptions(MarkdownConverter.DefaultOptions):
        heading_style = "atx"
        bullets = "-"
        newline_style = BACKSLASH
        autolinks = False
        escape_misc = True

    class Options(DefaultOptions):
        pass


def to_markdown(html):
    """The words of cleaned HTML as Markdown, of which `from_markdown` makes the same HTML again."""
    parts, previous = [], ""
    for node in BeautifulSoup(html, _PARSER).contents:
        name = getattr(node, "name", None) or ""
        source = (
            node.output_ready(_formatter)
            if isinstance(node, NavigableString)
            else node.decode(formatter=_formatter)
        )
        if not source.strip():
            continue
        words = "" if name in _LISTS and previous == name else _converted(source)
        parts.append(words or _as_html(source))
        previous = name if words else ""
    whole = "\n\n".join(parts)
    return whole if from_markdown(whole) == html else _as_html(html)


def _converted(source):
    """One block as Markdown, or nothing where the way back would lead elsewhere."""
    words = _Converter().convert(source).strip()
    return words if words and from_markdown(words) == clean_html(source) else ""


def _as_html(source):
    # One line without end: an empty one would end the HTML.
    return "<div>{}</div>".format(source.replace("\n", "&#10;")) if source else ""


def from_markdown(words):
    """The cleaned HTML that Markdown means, in the form in which the editor keeps it."""
    return clean_html(html_of(words))


def html_of(words):
    """The same, not cleaned yet: pictures stand where they stood. Never to be shown as it is."""
    soup = BeautifulSoup(_reader.render(words), _PARSER)
    _settle(soup)
    for line_end in soup.find_all("br"):
        _without_next_line_start(line_end)
    for frame in soup.find_all("div"):
        frame.unwrap()
    return as_written(soup)


def as_written(soup):
    """The HTML of a tree, as it was but for what was changed in it."""
    return soup.decode(formatter=_formatter)


def _settle(frame):
    for child in list(frame.children):
        if isinstance(child, NavigableString):
            if not child.strip() and "\n" in child:
                child.extract()
        elif child.name == "pre":
            _without_last_line_end(child)
        elif child.name in _FRAMES:
            _settle(child)
    if frame.name in _HOLDERS:
        _wrap_words(frame)
    if frame.name == "table":
        _one_body(frame)


def _without_last_line_end(block):
    words = list(block.find_all(string=True))
    if words and words[-1].endswith("\n"):
        words[-1].replace_with(NavigableString(words[-1][:-1]))


def _without_next_line_start(line_end):
    after = line_end.next_sibling
    if isinstance(after, NavigableString) and after.startswith("\n"):
        after.replace_with(NavigableString(after[1:]))


def _wrap_words(frame):
    paragraph = None
    for child in list(frame.children):
        if not isinstance(child, NavigableString) and child.name not in _INLINE:
            paragraph = None
            continue
        if paragraph is None:
            paragraph = _new("p")
            child.insert_before(paragraph)
        paragraph.append(child.extract())
    if not frame.contents:
        frame.append(_new("p"))


def _one_body(table):
    lines = table.find_all("tr")
    body = _new("tbody")
    for line in lines:
        body.append(line.extract())
    table.clear()
    table.append(body)


def _new(name):
    return BeautifulSoup("", _PARSER).new_tag(name)
