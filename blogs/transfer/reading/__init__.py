"""From a file that a member sends to the posts that it holds."""

import zipfile

from . import folders, wordpress
from .archives import Folder, NoFolder
from .entries import Entry, Unreadable

# An export of a large blog is one long document.
MOST_DOCUMENT = 100 * 1024 * 1024

__all__ = ["Entry", "Unreadable", "read"]


def read(file):
    """The posts of a file, the folder that holds what they show, and how many comments stay behind.

    `file` is a zip of Markdown, a WordPress export, or a zip that holds one. Raises Unreadable, with a code of
    `notes`. Nothing is written, and nothing outside the file is asked.
    """
    file.seek(0)
    if zipfile.is_zipfile(file):
        file.seek(0)
        return _read_folder(Folder(file))
    file.seek(0)
    content = file.read(MOST_DOCUMENT + 1)
    if len(content) > MOST_DOCUMENT:
        raise Unreadable("too_large")
    if b"<" not in content[:1000].replace(b"\0", b""):
        raise Unreadable("no_archive")
    entries, comments = wordpress.entries_of(content)
    return _some(entries), NoFolder(), comments


def _read_folder(folder):
    documents = folder.paths(".xml")
    entries, comments = list(folders.entries_of(folder)), 0
    for path in documents if not entries else []:
        content = folder.read(path, MOST_DOCUMENT)
        if content is None:
            raise Unreadable("too_large")
        found, left = wordpress.entries_of(content)
        entries, comments = entries + found, comments + left
    return _some(entries), folder, comments


def _some(entries):
    if not entries:
        raise Unreadable("no_posts")
    return entries
