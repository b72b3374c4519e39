"""The zip that somebody sends: read in place, never unpacked, and never believed about its own size."""

import posixpath
import zipfile
from urllib.parse import unquote, urlsplit

from .entries import MOST_FILES, MOST_UNFOLDED, MOST_WORDS, Unreadable


class Folder:
    """A zip as a folder of files by their paths; nothing of it is written anywhere."""

    def __init__(self, file):
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable("no_archive") from error
        members = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(members) > MOST_FILES or sum(info.file_size for info in members) > MOST_UNFOLDED:
            raise Unreadable("too_large")
        self._files = {}
        for info in members:
            path = posixpath.normpath(info.filename.replace("\\", "/"))
            if path.startswith(("/", "../")) or ":" in path.split("/")[0]:
                raise Unreadable("unsafe")
            # What systems put beside people's files.
            if not path.startswith("__MACOSX/") and not posixpath.basename(path).startswith("."):
                self._files[path] = info

    def paths(self, *endings):
        """The paths that end like that, in order."""
        return sorted(path for path in self._files if path.lower().endswith(endings))

    def read(self, path, most=MOST_WORDS):
        """The bytes of a file, or None where it holds more than `most` or is damaged."""
        try:
            with self._zip.open(self._files[path]) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
            return None
        return content if len(content) <= most else None

    def find(self, address, folder=""):
        """The path that an address in a text means: relative to the text's folder, or by the end of a whole one."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        path = unquote(parts.path)
        if not path or parts.scheme not in ("", "http", "https"):
            return None
        if not parts.netloc and not path.startswith("/"):
            near = posixpath.normpath(posixpath.join(folder, path))
            return near if near in self._files else None
        whole = path.lstrip("/")
        if whole in self._files:
            return whole
        return next((known for known in self._files if known.endswith(f"/{whole}")), None)


class NoFolder:
    """Stands for the folder where the file is one document: nothing lies beside it."""

    def find(self, address, folder=""):
        return None

    def read(self, path, most=0):
        return None
