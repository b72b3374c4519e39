from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .choosers import contribution_chooser, group_chooser, tag_chooser


@hooks.register("register_admin_viewset")
def choosers():
    return [group_chooser, contribution_chooser, tag_chooser]


@hooks.register("insert_global_admin_css")
def colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
