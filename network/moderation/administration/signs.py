"""What may be a false profile, for administrators to look at."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require

from ..permissions import can_see_signs
from ..signs import suspects


class SignsView(WagtailAdminTemplateMixin, TemplateView):
    """Members with signs of a false profile, and which signs."""

    template_name = "moderation/administration/signs.html"
    page_title = _("Signs of false profiles")
    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        require(can_see_signs(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(suspects=suspects(), **kwargs)
