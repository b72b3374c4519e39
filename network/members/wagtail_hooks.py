from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.users import wagtail_hooks as stock

from .viewsets import PEOPLE_MENU, InstitutionViewSet, WaitingViewSet

people_menu = Menu(register_hook_name=PEOPLE_MENU)

# Wagtail's bulk actions on users would delete accounts and switch them off behind the back of our actions.
for _action in (stock.AssignRoleBulkAction, stock.DeleteBulkAction, stock.SetActiveStateBulkAction):
    hooks._hooks["register_bulk_action"].remove((_action, 0))


@hooks.register("register_admin_menu_item")
def register_people_menu():
    return SubmenuMenuItem(_("People"), people_menu, name="people", icon_name="group", order=300)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [WaitingViewSet("waiting", url_prefix="waiting"), InstitutionViewSet("institutions")]
