from django.urls import path

from . import views

app_name = "charter"
urlpatterns = [
    path("", views.charter, name="charter"),
    path("charter.json", views.charter_json, name="json"),
    path("accept/", views.accept, name="accept"),
    path("history/", views.history, name="history"),
    path("history/<int:number>/", views.version, name="version"),
]
