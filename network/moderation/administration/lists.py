"""The lists of the administration: cases, appeals, and what was said in open places."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from network.conversation.models import Contribution

from ..models import Appeal, Case
from ..permissions import can_open_case
from ..querysets import inspectable_contributions

OPEN, FREE, MINE, LATE, AUTOMATIC, DECIDED = "open", "free", "mine", "late", "automatic", "decided"
QUEUES = {
    OPEN: _("Open"),
    FREE: _("Nobody has them"),
    MINE: _("In my hands"),
    LATE: _("Late"),
    AUTOMATIC: _("Hidden automatically"),
    DECIDED: _("Decided or closed"),
}
KINDS = {
    "topic": _("Topics"),
    "post": _("Posts"),
    "reply": _("Replies"),
    "member": _("Members"),
    "space": _("Groups and blogs"),
}


class CaseFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(label=_("About"), choices=list(KINDS.items()), method="filter_kind")

    class Meta:
        model = Case
        fields = ["kind", "gravity", "illegality", "escalated", "own_initiative"]

    def filter_kind(self, queryset, name, value):
        return queryset.about_kind(value)


class CaseIndexView(generic.IndexView):
    """The queue: the open cases, the most urgent first; the decided ones in a list of their own."""

    template_name = "moderation/administration/cases.html"
    page_title = _("Cases")
    paginate_by = 50

    @cached_property
    def queue(self):
        asked = self.request.GET.get("queue", OPEN)
        return asked if asked in QUEUES else OPEN

    def get_base_queryset(self):
        cases = Case.objects.visible_to(self.request.user).for_list()
        return cases.in_queue(self.queue, self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by("-pk") if self.queue == DECIDED else queryset.by_urgency()

    def get_inspect_url(self, instance):
        return reverse("moderation_cases:case", args=[instance.pk])

    def get_context_data(self, **kwargs):
        figures = Case.objects.figures(self.request.user)
        queues = [
            {"code": code, "label": label, "count": figures.get(code), "current": code == self.queue}
            for code, label in QUEUES.items()
        ]
        return super().get_context_data(queues=queues, current_queue=self.queue, **kwargs)


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
