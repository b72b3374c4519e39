from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "network.conversation"

    def ready(self):
        from .kinds import register_kinds

        register_kinds()
