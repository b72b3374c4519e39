from django.urls import path

from . import views

app_name = "conversation"

urlpatterns = [
    path("contributions/<int:pk>/", views.contribution, name="contribution"),
    path("contributions/<int:pk>/edit/", views.edit, name="edit"),
    path("contributions/<int:pk>/history/", views.history, name="history"),
    path("contributions/<int:pk>/undo/", views.undo, name="undo"),
    path("contributions/<int:pk>/release/", views.release, name="release"),
    path("contributions/<int:pk>/delete/", views.delete, name="delete"),
    path("contributions/<int:pk>/restore/", views.restore, name="restore"),
    path("contributions/<int:pk>/react/", views.react, name="react"),
    path("contributions/<int:pk>/bookmark/", views.bookmark, name="bookmark"),
    path("contributions/<int:pk>/new/", views.new_replies, name="new_replies"),
    path("contributions/cards/", views.cards, name="cards"),
    path("contributions/mentions/", views.complete_mention, name="complete_mention"),
    path("files/", views.upload, name="upload"),
    path("files/<int:pk>/<str:name>", views.file, name="file"),
]
