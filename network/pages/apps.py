from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "network.pages"
    verbose_name = _("pages")

    def ready(self):
        from network.core import languages, sections, thresholds

        from .models.sections import section, translated_address
        from .models.settings import set_values

        thresholds.declare("contact_email", "")
        thresholds.register_provider(set_values)
        sections.register_provider(section)
        languages.register_translator(translated_address)
