from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn, TitleColumn

from network.moderation.viewsets import LookedAtViewSet

from .administration import views as administration
from .models import Group, GroupProposal
from .permissions import can_administer_groups, can_decide_proposal

_SHORT = {
    Group.Visibility.PUBLIC: _("Public"),
    Group.Visibility.NETWORK: _("Network"),
    Group.Visibility.PRIVATE: _("Private"),
    Group.Visibility.HIDDEN: _("Hidden"),
}


class GroupViewSet(LookedAtViewSet):
    """Groups as their cards show them: looked at here, changed by actions alone."""

    model = Group
    icon = "group"
    menu_label = _("Groups")
    menu_name = "groups"
    menu_order = 240
    menu_hook = "register_admin_menu_item"
    answer = can_administer_groups
    index_view_class = administration.GroupIndexView
    inspect_view_enabled = True
    inspect_view_class = administration.GroupInspectView
    inspect_template_name = "groups/administration/group.html"
    filterset_class = administration.GroupFilterSet
    search_fields = ["title"]
    list_display = [
        "title",
        Column("visibility", label=_("Who reads it"), accessor=lambda group: _SHORT[group.visibility]),
        Column("member_count", label=_("Members"), sort_key="member_count"),
        BooleanColumn("official", label=_("Official")),
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
        DateColumn("archived_at", label=_("Archived")),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/official/", administration.OfficialView.as_view(), name="official"),
            path("<int:pk>/owner/", administration.OwnerView.as_view(), name="owner"),
            path("<int:pk>/archive/", administration.ArchiveView.as_view(), name="archive"),
        ]


class ProposalViewSet(LookedAtViewSet):
    """Groups that members would like to found, where an administrator approves first."""

    model = GroupProposal
    icon = "group"
    menu_label = _("Proposed groups")
    menu_name = "proposed_groups"
    menu_order = 241
    menu_hook = "register_admin_menu_item"
    answer = can_decide_proposal
    index_view_class = administration.ProposalIndexView
    list_filter = ["state"]
    list_display = [
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda proposal: reverse("proposals_admin:proposal", args=[proposal.pk]),
        ),
        Column("proposer", label=_("Proposed by")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda proposal: proposal.is_waiting,
        ),
        DateColumn("created_at", label=_("Proposed"), sort_key="created_at"),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", administration.ProposalView.as_view(), name="proposal"),
        ]
