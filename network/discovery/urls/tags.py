from django.urls import path
from django.views.decorators.http import conditional_page

from ..feeds import TagFeed
from ..views import tags

app_name = "tags"

urlpatterns = [
    path("", tags.directory, name="directory"),
    # A tag whose address would be "complete" is at "complete-2": see `tags.actions`.
    path("complete/", tags.complete, name="complete"),
    path("<slug:slug>/", tags.detail, name="detail"),
    path("<slug:slug>/feed.xml", conditional_page(TagFeed()), name="feed"),
    path("<slug:slug>/follow/", tags.follow, name="follow"),
]
