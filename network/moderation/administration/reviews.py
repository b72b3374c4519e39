"""Texts that wait for a moderator before others see them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require
from network.core.numbers import whole_number
from network.core.refusals import Refused

from .. import actions
from ..permissions import can_moderate
from ..querysets import held_contributions


class HeldView(WagtailAdminTemplateMixin, TemplateView):
    """What was said in open places and is looked at first; shown, or given back with a reason."""

    template_name = "moderation/administration/held.html"
    page_title = _("To look at first")
    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        require(can_moderate(request.user))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        contribution = get_object_or_404(
            held_contributions(request.user), pk=whole_number(request.POST.get("contribution"), 0)
        )
        reason = request.POST.get("reason", "")
        try:
            if request.POST.get("verdict") == "show":
                actions.approve_held(contribution, actor=request.user)
            else:
                actions.refuse_held(contribution, actor=request.user, reason=reason)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done: the author is told."))
        return HttpResponseRedirect(reverse("moderation_cases:held"))

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_cases:index"), "label": _("Cases")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(held=held_contributions(self.request.user)[:50], **kwargs)
