"""The pages of one language, below its prefix."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.urls import serve_pattern

from . import views

urlpatterns = [
    re_path(serve_pattern, views.page, name="page"),
    # For what Wagtail makes the addresses of, and closed pages.
    path("", include(wagtail_urls)),
]
