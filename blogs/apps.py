from django.apps import AppConfig


class BlogsConfig(AppConfig):
    name = "blogs"

    def ready(self):
        from network.members.handles import register

        from .actions import follow_handle

        register(follow_handle)
