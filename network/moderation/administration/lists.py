"""The lists of the administration: cases, appeals, and what was said in open places."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from network.conversation.models import Contribution

from ..models import Appeal, Case
from ..permissions import can_open_case
from ..querysets import inspectable_contributions

OPEN, MINE, LATE, DECIDED = "open", "mine", "late", "decided"
QUEUES = {OPEN: _("Open"), MINE: _("In my hands"), LATE: _("Late"), DECIDED: _("Decided or closed")}


class CaseFilterSet(WagtailFilterSet):
    queue = ChoiceFilter(label=_("Queue"), choices=list(QUEUES.items()), method="filter_queue")

    class Meta:
        model = Case
        fields = ["queue", "gravity", "illegality", "state"]

    def filter_queue(self, queryset, name, value):
        return queryset.in_queue(value, self.request.user)


class CaseIndexView(generic.IndexView):
    """The queue: open cases first, the gravest and the most urgent before the others."""

    template_name = "moderation/administration/cases.html"
    page_title = _("Cases")

    def get_base_queryset(self):
        return Case.objects.visible_to(self.request.user).for_list()

    def order_queryset(self, queryset):
        return queryset.by_urgency()

    def get_inspect_url(self, instance):
        return reverse("moderation_cases:case", args=[instance.pk])

    def get_context_data(self, **kwargs):
        figures = Case.objects.figures(self.request.user)
        current = self.request.GET.get("queue", "")
        queues = [
            {"code": code, "label": label, "count": figures.get(code), "current": code == current}
            for code, label in QUEUES.items()
        ]
        return super().get_context_data(queues=queues, **kwargs)


class AppealIndexView(generic.IndexView):
    """Appeals, those that wait first."""

    page_title = _("Appeals")

    def get_base_queryset(self):
        return Appeal.objects.of_others(self.request.user).for_list()

    def order_queryset(self, queryset):
        return queryset.waiting_first()

    def get_inspect_url(self, instance):
        return reverse("moderation_appeals:appeal", args=[instance.pk])


class ContributionFilterSet(WagtailFilterSet):
    class Meta:
        model = Contribution
        fields = ["kind", "moderation", "language"]


class ContributionIndexView(generic.IndexView):
    """What was said in open places, the newest first; nothing of closed groups."""

    page_title = _("Contributions")
    default_ordering = "-released_at"

    def get_base_queryset(self):
        return inspectable_contributions().defer("body")


class ContributionInspectView(generic.InspectView):
    """One contribution, to be read and not to be changed; moderators may open a case about it."""

    template_name = "moderation/administration/contribution.html"

    # Wagtail's own looks among all rows, and before it asks for permission.
    def get_object(self, queryset=None):
        return get_object_or_404(inspectable_contributions(), pk=self.pk)

    def get_page_title(self):
        return _("Contribution")

    def get_context_data(self, **kwargs):
        may_open = can_open_case(self.request.user, self.object)
        return super().get_context_data(may_open_case=may_open, contribution=self.object, **kwargs)
