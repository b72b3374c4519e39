from django.conf import settings
from django.contrib.sitemaps import views as sitemaps
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.views import serve as serve_page

from . import querysets
from .sitemaps import SITEMAPS

# Pictures of pages, in the sizes that pages show, and institutions' logos. Nothing else that is kept there has an
# address: portraits and members' files are served through permission, originals to nobody.
PUBLIC = ("images/", "institutions/")
AN_HOUR = 60 * 60
A_YEAR = AN_HOUR * 24 * 365


def page(request, path=""):
    """A page that editors wrote, in the language of its address; found in one query instead of six."""
    found = querysets.published_page(get_language(), path)
    if found is None:
        raise Http404
    if found.is_restricted:
        return serve_page(request, path)
    return found.specific.serve(request)


@require_safe
def robots(request):
    """What search engines may walk through."""
    response = render(request, "robots.txt", content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@require_safe
def sitemap_index(request):
    """The list of the files that `sitemap` answers."""
    response = sitemaps.index(request, SITEMAPS, sitemap_url_name="sitemap_section")
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@require_safe
def sitemap(request, section):
    """One file of addresses that anybody may read."""
    response = sitemaps.sitemap(request, SITEMAPS, section)
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@require_safe
def media(request, path):
    """A picture of the site's own pages, from the file system. Its name changes with what it shows."""
    if not path.startswith(PUBLIC) or ".." in path:
        raise Http404
    response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
