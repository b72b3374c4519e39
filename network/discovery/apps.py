from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "network.discovery"
