from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn

from network.moderation.viewsets import LookedAtViewSet

from .models import Group
from .permissions import can_administer_groups
from .views import administration

_SHORT = {
    Group.Visibility.PUBLIC: _("Public"),
    Group.Visibility.NETWORK: _("Network"),
    Group.Visibility.PRIVATE: _("Private"),
    Group.Visibility.HIDDEN: _("Hidden"),
}


class GroupFilterSet(WagtailFilterSet):
    class Meta:
        model = Group
        fields = ["visibility", "official"]


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
    filterset_class = GroupFilterSet
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
            path("<int:pk>/archive/", administration.ArchiveView.as_view(), name="archive"),
        ]
