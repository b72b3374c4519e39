import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Style sheets that are written in parts and served as one file.
BUNDLES = ("css/site.css",)
IMPORT = re.compile(r'^@import "(?P<path>[^"]+)" layer\((?P<layer>\w+)\);$', re.MULTILINE)
ADDRESS = re.compile(r'url\("(?P<address>[^":]+)"\)')


class _Bundled:
    """Stands for the storage of a style sheet: opens it with what it imports in its place."""

    def __init__(self, storage):
        self._storage = storage

    def open(self, path):
        folder = posixpath.dirname(path)
        whole = IMPORT.sub(lambda found: self._layer(folder, found["path"], found["layer"]), self._read(path))
        return ContentFile(whole.encode())

    def _layer(self, folder, part, layer):
        words = self._read(posixpath.join(folder, part))
        # Addresses were written from the part's own folder.
        below = posixpath.dirname(part)
        words = ADDRESS.sub(
            lambda found: f'url("{posixpath.normpath(posixpath.join(below, found["address"]))}")', words
        )
        return f"@layer {layer} {{\n{words}}}\n"

    def _read(self, path):
        with self._storage.open(path) as file:
            return file.read().decode()


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that carry their digest, ES module imports included; style sheets in one piece:
    a browser would find the parts only once it has read the first, and show nothing until it has them all.
    """

    support_js_module_import_aggregation = True
    # Wagtail and other packages refer to files that they don't ship (source maps).
    manifest_strict = False

    def post_process(self, paths, dry_run=False, **options):
        bundled = {name: (_Bundled(paths[name][0]), paths[name][1]) for name in BUNDLES if name in paths}
        return super().post_process(paths | bundled, dry_run, **options)
