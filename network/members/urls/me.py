"""Under /me/: a member's own account."""

from django.urls import path

from .. import views

app_name = "me"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/archives/", views.request_archive, name="request_archive"),
    path("privacy/archives/<int:pk>/", views.archive, name="archive"),
    path("privacy/leave/", views.leave, name="leave"),
    path("first-steps/", views.close_first_steps, name="close_first_steps"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
]
