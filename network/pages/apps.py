from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "network.pages"
