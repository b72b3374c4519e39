"""What differs between two texts, line by line."""

import difflib
from types import SimpleNamespace


def marked_lines(before, after):
    """The lines of two texts (lists of strings), each with its text and as kind "same", "del" or "ins"."""
    lines = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if operation == "equal":
            lines += [SimpleNamespace(kind="same", text=text) for text in before[i1:i2]]
        else:
            lines += [SimpleNamespace(kind="del", text=text) for text in before[i1:i2]]
            lines += [SimpleNamespace(kind="ins", text=text) for text in after[j1:j2]]
    return lines
