"""One post as a file holds it, whatever the file."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

# Most that is read of anything, in bytes, whatever a file says of its own size.
MOST_WORDS = 4 * 1024 * 1024
MOST_UNFOLDED = 1024 * 1024 * 1024
MOST_FILES = 20_000


class Unreadable(Exception):
    """The whole file can't be read; its argument is a code of `notes`."""

    @property
    def code(self):
        return self.args[0]


@dataclass
class Entry:
    """What is known of a post before it comes in."""

    # What tells it from others in its old home.
    source: str
    title: str = ""
    # HTML as it came, or Markdown.
    body: str = ""
    is_markdown: bool = False
    summary: str = ""
    slug: str = ""
    language: str = ""
    tags: list = field(default_factory=list)
    # Empty for a draft.
    published_at: datetime | None = None
    audience: str = ""
    group: str = ""
    institution: str = ""
    replies_open: bool = True
    series: str = ""
    cover: str = ""
    cover_alt: str = ""
    # Codes of `notes`.
    notes: list = field(default_factory=list)
    # Why it can't come in: a code of `notes`.
    refusal: str = ""
    # The folder that its relative addresses start from.
    folder: str = ""

    @property
    def key(self):
        """`source` in a length that an index takes."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    def note(self, code):
        """Add a note once."""
        if code not in self.notes:
            self.notes.append(code)

    def become_draft(self, code="draft"):
        """It comes in, but isn't published; `code` says why."""
        self.published_at = None
        self.note(code)
