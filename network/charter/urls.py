from django.urls import path

from . import views

app_name = "charter"
urlpatterns = [
    path("", views.charter, name="charter"),
    path("charter.json", views.charter_json, name="json"),
    path("accept/", views.accept, name="accept"),
    path("history/", views.history, name="history"),
    path("history/<int:number>/", views.version, name="version"),
    path("history/<int:number>/changes/", views.changes, name="changes"),
    path("acceptances.json", views.acceptances, name="acceptances"),
]
