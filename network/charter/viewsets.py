from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from network.members.policies import RolePolicy
from network.members.viewsets import PEOPLE_MENU

from .administration import views
from .models import CharterVersion
from .permissions import can_manage_charter


class CharterVersionViewSet(ModelViewSet):
    """The versions of the charter, from draft to superseded."""

    model = CharterVersion
    icon = "doc-full"
    menu_label = _("Charter")
    menu_name = "charter"
    menu_order = 130
    menu_hook = PEOPLE_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = views.VersionIndexView
    inspect_view_class = views.VersionInspectView
    inspect_view_fields = [
        "state",
        "created_at",
        "published_at",
        "announced_for",
        "in_force_at",
        "superseded_at",
        "grace_until",
        "digest",
    ]
    form_fields = ["number"]
    list_display = [
        "__str__",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("published_at", label=_("Published")),
        DateColumn("announced_for", label=_("Announced for")),
        DateColumn("in_force_at", label=_("In force from")),
    ]
    ordering = "-number"

    @property
    def permission_policy(self):
        return RolePolicy(CharterVersion, can_manage_charter, ("add", "view"))

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            edit_url_name=None, delete_url_name=None, history_url_name=None, usage_url_name=None, **kwargs
        )

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("new/", views.DraftView.as_view(), name="add"),
            path("<int:pk>/write/", views.WriteView.as_view(), name="write"),
            path("<int:pk>/publish/", views.PublishView.as_view(), name="publish"),
            path("<int:pk>/announce/", views.AnnounceView.as_view(), name="announce"),
            path("<int:pk>/acceptances/", views.AcceptancesView.as_view(), name="acceptances"),
            path("<int:pk>/enforce/", views.PutInForceView.as_view(), name="enforce"),
        ]
