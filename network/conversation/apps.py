from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "network.conversation"

    def ready(self):
        from network.core.thresholds import declare

        from .kinds import register_kinds

        # What a member restricted to a few texts may post in a day.
        declare("restricted_posts_a_day", 3)
        register_kinds()
