from django.contrib.staticfiles.apps import StaticFilesConfig


class CollectedFiles(StaticFilesConfig):
    """Django's static files, without the packages' own that the site doesn't use and can't digest.

    htmx's extensions speak of imports in a comment, which the storage takes for an import.
    """

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*.js", "htmx-2-compat-*.js", "htmax-*.js"]
