from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "network.moderation"

    def ready(self):
        from network.core.thresholds import declare

        from . import kinds, tasks  # noqa: F401

        # In how many days a decision is promised.
        declare("moderation_days", 7)
        kinds.register()
