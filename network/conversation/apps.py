from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "network.conversation"

    def ready(self):
        from network.core.thresholds import declare

        from .kinds import register_kinds

        # What a member restricted to a few texts may post in a day.
        declare("restricted_posts_a_day", 3)
        # What the site may recall before one posts, and how much one may say: see `reminders` and `limits`.
        for code in ("register_number", "bank_account", "contact_details", "shouting", "confidential"):
            declare(f"remind_{code}", True)
        declare("newcomer_days", 14)
        declare("newcomer_texts_a_day", 20)
        declare("texts_a_day", 100)
        declare("newcomer_links", 5)
        declare("links_in_text", 50)
        declare("newcomer_mentions", 5)
        declare("mentions_in_text", 20)
        declare("newcomer_reports_a_day", 5)
        declare("reports_a_day", 30)
        register_kinds()
