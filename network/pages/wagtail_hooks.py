from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .choosers import contribution_chooser, group_chooser, tag_chooser
from .panels import PagesPanel, WaitingMembersPanel


@hooks.register("register_admin_viewset")
def choosers():
    return [group_chooser, contribution_chooser, tag_chooser]


@hooks.register("insert_global_admin_css")
def colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("construct_homepage_panels")
def add_panels(request, panels):
    panels += [WaitingMembersPanel(), PagesPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_pages_alone(request, items):
    """Numbers of pictures and documents tell an administrator nothing."""
    items[:] = [item for item in items if type(item).__name__ == "PagesSummaryItem"]


@hooks.register("construct_help_menu")
def hide_advertisement(request, menu_items):
    """Wagtail's own news and guides speak to developers."""
    menu_items[:] = [item for item in menu_items if "wagtail" not in item.url]
