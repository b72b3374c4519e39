from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "network.core"

    def ready(self):
        from . import checks  # noqa: F401
