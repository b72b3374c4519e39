"""Under /members/: the pictures of members."""

from django.urls import path

from .. import views

app_name = "portraits"
urlpatterns = [path("<slug:handle>/photo/", views.portrait, name="portrait")]
