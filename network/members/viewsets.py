from django import forms
from django.contrib.auth.models import Group
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.groups import GroupViewSet

from .administration import views
from .models import ROLES, Institution, Member
from .permissions import can_manage_institutions, can_manage_members
from .policies import RolePolicy, SuperusersOnly

PEOPLE_MENU = "register_people_menu_item"


class MemberFilterSet(WagtailFilterSet):
    status = ChoiceFilter(label=_("Status"), choices=Member.Status.choices)
    institution = ModelChoiceFilter(
        label=_("Institution"), queryset=Institution.objects.order_by("name_fr"), widget=forms.Select
    )
    role = ChoiceFilter(label=_("Role"), field_name="groups__name", choices=list(ROLES.items()))

    class Meta:
        model = Member
        fields = ["status", "institution", "role"]


def _roles(member):
    return ", ".join(
        str(ROLES[group.name]).partition(":")[0] for group in member.groups.all() if group.name in ROLES
    )


class MemberViewSet(ModelViewSet):
    """Accounts: looked at here, changed by the actions alone. Nobody edits another's words."""

    model = Member
    icon = "user"
    menu_label = _("Members")
    menu_name = "members"
    menu_order = 100
    menu_hook = PEOPLE_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = views.MemberIndexView
    inspect_view_class = views.MemberInspectView
    inspect_view_fields = [
        "name",
        "email",
        "status",
        "job_title",
        "institution",
        "unit",
        "language",
        "date_joined",
        "verified_at",
        "verified_by",
        "verified_until",
        "suspended_until",
        "excluded_at",
        "last_login",
        "contribution_count",
    ]
    list_display = [
        "name",
        Column("email", label=_("E-mail"), sort_key="email"),
        Column("institution", label=_("Institution"), accessor=lambda member: member.institution or "–"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("roles", label=_("Roles"), accessor=_roles),
        DateColumn("date_joined", label=_("Joined"), sort_key="date_joined"),
    ]
    ordering = "name"
    search_fields = ["name", "email", "handle"]
    search_backend_name = None
    filterset_class = MemberFilterSet

    @property
    def permission_policy(self):
        return RolePolicy(Member, can_manage_members)

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            add_url_name=None,
            edit_url_name=None,
            delete_url_name=None,
            history_url_name=None,
            usage_url_name=None,
            **kwargs,
        )

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/verify/", views.VerifyView.as_view(), name="verify"),
            path("<int:pk>/deactivate/", views.DeactivateView.as_view(), name="deactivate"),
            path("<int:pk>/restore/", views.RestoreView.as_view(), name="restore"),
            path("<int:pk>/roles/", views.RolesView.as_view(), name="roles"),
        ]


class WaitingViewSet(MemberViewSet):
    """Who waits for an administrator."""

    icon = "time"
    menu_label = _("Waiting for verification")
    menu_name = "waiting"
    menu_order = 110
    index_view_class = views.WaitingIndexView
    inspect_view_enabled = False
    list_display = [
        "name",
        Column("email", label=_("E-mail"), sort_key="email"),
        Column("job_title", label=_("Job title")),
        Column("institution", label=_("Says to work for"), accessor=lambda member: member.institution or "–"),
        DateColumn("date_joined", label=_("Joined"), sort_key="date_joined"),
    ]
    ordering = "date_joined"
    filterset_class = None

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def register_admin_url_finder(self):
        """A member's page in the administration is the other list's."""


class InstitutionViewSet(ModelViewSet):
    """Institutions with their domains and spokespeople."""

    model = Institution
    icon = "home"
    menu_label = _("Institutions")
    menu_order = 120
    menu_hook = PEOPLE_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = views.InstitutionIndexView
    form_fields = ["name_fr"]
    list_display = [
        "display_name",
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        Column("active_members", label=_("Active members"), sort_key="active_members"),
    ]
    ordering = "name_fr"
    search_fields = ["name_fr", "name_nl", "name_en", "acronym_fr", "acronym_nl"]
    search_backend_name = None
    list_filter = ["level"]

    @property
    def permission_policy(self):
        return RolePolicy(Institution, can_manage_institutions, ("add", "change", "view"))

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            delete_url_name=None, history_url_name=None, usage_url_name=None, **kwargs
        )

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", views.InstitutionView.as_view(), name="add"),
            path("edit/<int:pk>/", views.InstitutionView.as_view(), name="edit"),
        ]


class RoleViewSet(GroupViewSet):
    """What a role opens is the installation's business: administrators give roles, and don't make them."""

    @property
    def permission_policy(self):
        return SuperusersOnly(Group)
