from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from .panels import CasesPanel
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


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    panels.append(CasesPanel())


@hooks.register("insert_global_admin_css")
def moderation_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/moderation.css"))
