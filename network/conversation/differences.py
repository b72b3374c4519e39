"""What a correction changed, block by block."""

from types import SimpleNamespace

from network.core.differences import marked_lines
from network.core.editor import to_plain_text


def lines_between(before, after):
    """The blocks of two texts (cleaned HTML), each marked as "same", "del" or "ins"."""
    return marked_lines(to_plain_text(before).split("\n"), to_plain_text(after).split("\n"))


def versions_of(contribution, edits):
    """For each edit, newest first: when, why, and the lines that it changed.

    `edits` hold what stood before each change, newest first; the words of today are the contribution's.
    """
    versions = []
    after_title, after = contribution.title, contribution.body
    for edit in edits:
        versions.append(
            SimpleNamespace(
                edit=edit,
                lines=lines_between(edit.body, after),
                title_before=edit.title if edit.title != after_title else "",
                title_after=after_title if edit.title != after_title else "",
            )
        )
        after_title, after = edit.title, edit.body
    return versions
