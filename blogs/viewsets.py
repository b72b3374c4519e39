"""Blogs and posts in the administration: looked at, never changed. Nobody edits another's words."""

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from network.members.policies import RolePolicy

from .models import Blog, Post
from .permissions import can_inspect_blogs


class _VisibleIndexView(generic.IndexView):
    def get_base_queryset(self):
        return self.model.objects.for_administration(self.request.user)


class _VisibleInspectView(generic.InspectView):
    def get_object(self, queryset=None):
        return get_object_or_404(self.model.objects.for_administration(self.request.user), pk=self.pk)


class _InspectOnlyViewSet(ModelViewSet):
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = _VisibleIndexView
    inspect_view_class = _VisibleInspectView
    search_backend_name = None
    add_to_admin_menu = True

    @property
    def permission_policy(self):
        return RolePolicy(self.model, can_inspect_blogs)

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
        ]


class BlogViewSet(_InspectOnlyViewSet):
    model = Blog
    icon = "edit"
    menu_label = _("Blogs")
    menu_name = "blogs"
    menu_order = 310
    list_display = [
        "title",
        Column("owner", label=_("Owner"), accessor="owner.name"),
        Column("visibility", label=_("Who reads it"), accessor="visibility"),
        DateColumn("created_at", label=_("Begun"), sort_key="created_at"),
    ]
    inspect_view_fields = ["title", "owner", "description", "visibility", "languages", "created_at"]
    ordering = "-created_at"
    search_fields = ["title", "owner__name"]


class PostViewSet(_InspectOnlyViewSet):
    """What the reader may read as a member, and no more: posts for one group stay in it."""

    model = Post
    icon = "doc-full"
    menu_label = _("Posts")
    menu_name = "posts"
    menu_order = 320
    list_display = [
        "title",
        Column("author", label=_("Author"), accessor="author.name"),
        Column("space", label=_("Blog"), accessor="space.title"),
        DateColumn("released_at", label=_("Released"), sort_key="released_at"),
    ]
    inspect_view_fields = [
        "title",
        "author",
        "space",
        "summary",
        "body_text",
        "language",
        "released_at",
        "edited_at",
    ]
    ordering = "-released_at"
    search_fields = ["title", "author__name"]
