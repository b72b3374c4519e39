from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "network.moderation"

    def ready(self):
        from network.conversation.telling import register_holder
        from network.core.thresholds import declare

        from . import kinds, tasks  # noqa: F401
        from .actions import hold_restricted
        from .publicity import tasks as publicity_tasks  # noqa: F401

        # In how many days a decision is promised.
        declare("moderation_days", 7)
        # How long an author has to answer the moderators.
        declare("answer_days", 3)
        # Enough trusted reports from different institutions hide until somebody looks.
        declare("automatic_hiding", True)
        declare("automatic_reporters", 3)
        declare("automatic_weight", 2.0)
        # How long a closed case keeps what members said, and the words of its decisions.
        declare("case_retention_months", 24)
        declare("statement_retention_months", 60)
        # By a decision, a member's texts may be looked at before others see them.
        register_holder(hold_restricted)
        kinds.register()
