"""Under /accounts/, before allauth's own: what the site does its own way."""

from django.urls import path

from ..views import EmailView

urlpatterns = [path("email/", EmailView.as_view(), name="account_email")]
