"""Under /accounts/, before allauth's own: what the site does its own way."""

from django.urls import path

from ..views import EmailView, renew_verification

urlpatterns = [
    path("email/", EmailView.as_view(), name="account_email"),
    path("renew/<str:token>/", renew_verification, name="renew_verification"),
]
