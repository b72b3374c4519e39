from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "network.charter"

    def ready(self):
        from . import tasks  # noqa: F401
