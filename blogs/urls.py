from django.urls import path

from . import views
from .feeds import json_feed, posts_feed

app_name = "blogs"

urlpatterns = [
    path("blogs/", views.directory, name="directory"),
    path("blogs/<slug:handle>/", views.blog, name="blog"),
    path("blogs/<slug:handle>/settings/", views.settings, name="settings"),
    path("blogs/<slug:handle>/follow/", views.follow, name="follow"),
    path("blogs/<slug:handle>/unfollow/", views.unfollow, name="unfollow"),
    path("blogs/<slug:handle>/feed.xml", posts_feed, name="feed"),
    path("blogs/<slug:handle>/feed.json", json_feed, name="json_feed"),
    path("blogs/<slug:handle>/<slug:slug>/", views.post, name="post"),
    path("blogs/<slug:handle>/<slug:slug>/options/", views.options, name="options"),
    path("blogs/<slug:handle>/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
    path("blogs/<slug:handle>/<slug:slug>/reschedule/", views.reschedule, name="reschedule"),
    path("write/", views.write, name="write"),
    path("write/save/", views.save, name="save"),
    path("write/again/", views.again, name="again"),
]
