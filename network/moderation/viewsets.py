from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet

from network.conversation.models import Contribution
from network.members.policies import RolePolicy

from .administration import appeals, batches, lists, reviews, steps, views
from .models import Appeal, Case
from .permissions import can_inspect_contributions, can_moderate

MODERATION_MENU = "register_moderation_menu_item"


class LookedAtViewSet(ModelViewSet):
    """What is looked at in the administration and changed by actions alone, superusers included."""

    menu_hook = MODERATION_MENU
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    answer = None

    @property
    def permission_policy(self):
        return RolePolicy(self.model, type(self).answer)

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
        ]

    def register_admin_url_finder(self):
        """Nothing else in the administration links to these rows."""


class CaseViewSet(LookedAtViewSet):
    """The moderators' queue."""

    model = Case
    icon = "warning"
    menu_label = _("Cases")
    menu_name = "cases"
    menu_order = 100
    answer = can_moderate
    index_view_class = lists.CaseIndexView
    index_template_name = "moderation/administration/cases.html"
    filterset_class = lists.CaseFilterSet
    list_display = [
        "__str__",
        Column("about", label=_("About"), accessor="subject"),
        Column("concerned", label=_("Concerned")),
        Column("report_count", label=_("Reports")),
        Column(
            "urgency", label=_("Urgency"), accessor=lambda case: round(case.urgency) if case.is_open else "–"
        ),
        Column("gravity", label=_("Gravity"), accessor="get_gravity_display"),
        Column("illegality", label=_("Law"), accessor=lambda case: _("yes") if case.illegality else "–"),
        StatusTagColumn(
            "state", label=_("State"), accessor="get_state_display", primary=lambda case: case.is_open
        ),
        Column("moderator", label=_("In the hands of"), accessor=lambda case: case.moderator or "–"),
        # A date: how long ago something was says nothing of what is still to come.
        Column(
            "due_at",
            label=_("Due"),
            accessor=lambda case: date_format(localtime(case.due_at), "SHORT_DATE_FORMAT"),
        ),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", views.CaseView.as_view(), name="case"),
            path("<int:pk>/take/", steps.TakeView.as_view(), name="take"),
            path("<int:pk>/give-back/", steps.GiveBackView.as_view(), name="give_back"),
            path("<int:pk>/decide/", views.DecideView.as_view(), name="decide"),
            path("<int:pk>/confirm/", steps.ConfirmView.as_view(), name="confirm"),
            path("<int:pk>/decline/", steps.DeclineView.as_view(), name="decline"),
            path("<int:pk>/assign/", steps.AssignView.as_view(), name="assign"),
            path("<int:pk>/note/", steps.NoteView.as_view(), name="note"),
            path("<int:pk>/ask/", views.AskView.as_view(), name="ask"),
            path(
                "<int:pk>/decisions/<int:decision>/withdraw/", views.WithdrawView.as_view(), name="withdraw"
            ),
            path("held/", reviews.HeldView.as_view(), name="held"),
            path("spam/", batches.SpamView.as_view(), name="spam"),
            path("spam/<int:pk>/", batches.BatchView.as_view(), name="batch"),
            path("<int:pk>/void/", views.VoidView.as_view(), name="void"),
            path("<int:pk>/sanctions/<int:sanction>/lift/", steps.LiftView.as_view(), name="lift"),
        ]


class AppealViewSet(LookedAtViewSet):
    """What is contested."""

    model = Appeal
    icon = "help"
    menu_label = _("Appeals")
    menu_name = "appeals"
    menu_order = 110
    answer = can_moderate
    index_view_class = lists.AppealIndexView
    list_display = [
        "__str__",
        Column("decision", label=_("Decision")),
        Column("appellant_name", label=_("By")),
        DateColumn("created_at", label=_("Received")),
        StatusTagColumn(
            "outcome",
            label=_("Judgment"),
            accessor=lambda appeal: appeal.get_outcome_display() or _("waiting"),
            primary=lambda appeal: not appeal.judged_at,
        ),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", appeals.AppealView.as_view(), name="appeal"),
        ]


class ContributionViewSet(LookedAtViewSet):
    """What was said in open places. Closed groups' words open through a case alone."""

    model = Contribution
    icon = "comment"
    menu_label = _("Contributions")
    menu_name = "contributions"
    menu_order = 120
    answer = can_inspect_contributions
    index_view_class = lists.ContributionIndexView
    inspect_view_enabled = True
    inspect_view_class = lists.ContributionInspectView
    inspect_template_name = "moderation/administration/contribution.html"
    filterset_class = lists.ContributionFilterSet
    search_fields = ["title", "author__name"]
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("author", label=_("Author")),
        Column("space", label=_("Where")),
        StatusTagColumn(
            "moderation",
            label=_("Moderation"),
            accessor="get_moderation_display",
            primary=lambda contribution: contribution.moderation != "clear",
        ),
        DateColumn("released_at", label=_("Released"), sort_key="released_at"),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/open-case/", steps.OpenCaseView.as_view(), name="open_case"),
        ]
