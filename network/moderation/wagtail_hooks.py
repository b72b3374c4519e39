from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from network.members.viewsets import PEOPLE_MENU

from .administration.exporting import ExportCaseView
from .administration.signs import SignsView
from .panels import CasesPanel
from .permissions import can_see_signs
from .viewsets import MODERATION_MENU, AppealViewSet, CaseViewSet, ContributionViewSet

moderation_menu = Menu(register_hook_name=MODERATION_MENU)


@hooks.register("register_admin_menu_item")
def register_moderation_menu():
    return SubmenuMenuItem(
        _("Moderation"), moderation_menu, name="moderation", icon_name="warning", order=250
    )


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [
        CaseViewSet("moderation_cases", url_prefix="moderation/cases"),
        AppealViewSet("moderation_appeals", url_prefix="moderation/appeals"),
        ContributionViewSet("contributions", url_prefix="contributions"),
    ]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("moderation/cases/<int:pk>/export/", ExportCaseView.as_view(), name="export_case"),
        path("members/signs/", SignsView.as_view(), name="signs"),
    ]


class SignsMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(can_see_signs(request.user))


@hooks.register(PEOPLE_MENU)
def register_signs():
    return SignsMenuItem(SignsView.page_title, reverse("signs"), name="signs", icon_name="warning", order=140)


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    panels.append(CasesPanel())


@hooks.register("insert_global_admin_css")
def moderation_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/moderation.css"))
