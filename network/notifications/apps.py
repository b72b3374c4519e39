from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "network.notifications"

    def ready(self):
        from network.core import mail

        from . import actions, charter, tasks  # noqa: F401

        mail.register_sender(actions.queue_mail)
        charter.register()
