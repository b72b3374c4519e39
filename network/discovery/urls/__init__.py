from django.urls import include, path

from .. import views
from ..views import own

discovery = [
    path("feed/", views.feed, name="feed"),
    path("search/", views.search, name="search"),
    path("me/", own.me, name="me"),
    path("me/drafts/", own.drafts, name="drafts"),
    path("me/bookmarks/", own.bookmarks, name="bookmarks"),
    path("me/notifications/", own.preferences, name="preferences"),
]

urlpatterns = [
    path("", include((discovery, "discovery"))),
    path("members/", include("network.discovery.urls.members")),
    path("tags/", include("network.discovery.urls.tags")),
]
