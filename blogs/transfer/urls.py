"""Under /me/blog/import/."""

from django.urls import path

from . import views

app_name = "transfer"

urlpatterns = [
    path("", views.send, name="send"),
    path("<int:pk>/", views.show, name="import"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
