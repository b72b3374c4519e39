"""What a moderator finds first in the administration."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from .models import Case
from .permissions import can_moderate


class CasesPanel(Component):
    """How many cases and appeals wait; for moderators."""

    name = "cases"
    order = 40
    template_name = "moderation/administration/cases_panel.html"

    def get_context_data(self, parent_context):
        member = parent_context["request"].user
        if not can_moderate(member):
            return {}
        return {
            "figures": Case.objects.figures(member),
            "cases_url": reverse("moderation_cases:index"),
            "appeals_url": reverse("moderation_appeals:index"),
        }
