from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self):
        from network.conversation import telling
        from network.core.thresholds import declare

        from .actions import hold_for_review, tell_of_announcement
        from .kinds import register_kinds

        declare("group_approval", False)
        register_kinds()
        telling.register(tell_of_announcement)
        telling.register_holder(hold_for_review)
