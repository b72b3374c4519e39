"""What an administrator or editor finds first in the administration: what waits for them."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from network.members.models import Member
from network.members.permissions import can_manage_members

from . import querysets

SHOWN = 10


class WaitingMembersPanel(Component):
    """How many people wait to be recognised as civil servants; for administrators."""

    name = "waiting_members"
    order = 50
    template_name = "pages/admin/waiting_members.html"

    def get_context_data(self, parent_context):
        member = parent_context["request"].user
        count = Member.objects.waiting().count() if can_manage_members(member) else 0
        return {"count": count, "url": reverse("waiting:index") if count else ""}


class PagesPanel(Component):
    """Pages whose newest words aren't public yet, and pages that wait for their translation."""

    name = "pages_to_review"
    order = 100
    template_name = "pages/admin/pages_to_review.html"

    def get_context_data(self, parent_context):
        member = parent_context["request"].user
        return {
            "drafts": querysets.drafts_for(member)[:SHOWN],
            "untranslated": querysets.untranslated_for(member)[:SHOWN],
        }
