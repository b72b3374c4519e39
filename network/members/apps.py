from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MembersConfig(AppConfig):
    name = "network.members"

    def ready(self):
        # What each app holds of members stands in its `personal.py`.
        autodiscover_modules("personal")
