from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that carry their digest, ES module imports included."""

    support_js_module_import_aggregation = True
    # Wagtail and other packages refer to files that they don't ship (source maps).
    manifest_strict = False
