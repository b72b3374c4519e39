from django.urls import path

from ..views import members

app_name = "members"

urlpatterns = [
    path("", members.directory, name="directory"),
    path("<slug:handle>/", members.profile, name="profile"),
    path("<slug:handle>/follow/", members.follow, name="follow"),
]
