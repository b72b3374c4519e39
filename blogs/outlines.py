"""The table of contents of a text, and the headings that it leads to."""

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import slugify

# The headings of cleaned HTML, which carry no attribute.
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)
# Fewer are seen at a glance.
FEWEST = 3


@dataclass(frozen=True)
class Heading:
    """`level` is 2 or 3, `key` the anchor in the page, `text` its words."""

    level: int
    key: str
    text: str


@dataclass(frozen=True)
class Outlined:
    """`body` is the text with an anchor at each heading; `headings` are few enough to be left out, or all."""

    body: str
    headings: list


def outlined(body):
    """Cleaned HTML with an anchor at each heading, and the list of them where there are enough."""
    headings = []

    def anchored(match):
        level, inner = match.groups()
        text = " ".join(html.unescape(strip_tags(inner)).split())
        if not text:
            return match[0]
        # Numbered, so that none is that of something else on the page.
        key = f"part-{len(headings) + 1}-{slugify(text, allow_unicode=True)[:60]}".rstrip("-")
        headings.append(Heading(int(level), key, text))
        return f'<h{level} id="{key}" tabindex="-1">{inner}</h{level}>'

    marked = _HEADING.sub(anchored, body)
    return Outlined(marked, headings if len(headings) >= FEWEST else [])
