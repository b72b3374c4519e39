"""The site's addresses, and that of the bare stack beside them."""

from django.urls import path

from network.urls import handler403
from network.urls import urlpatterns as site

from .views import bare

__all__ = ["handler403", "urlpatterns"]

urlpatterns = [path("bench/<int:key>/<int:size>/", bare), *site]
