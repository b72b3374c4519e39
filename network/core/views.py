from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import health as _health
from . import installing
from .languages import in_language
from .parking import park

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def safe_next(request, default="/"):
    """The address on this site that the `next` parameter names, or the default: never another site's."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if allowed else default


@never_cache
@require_safe
def health(request):
    """200 and JSON when database, queue and storage answer; 503 and which one does not otherwise."""
    parts = {
        "database": _health.database(),
        "queue": _health.queue(),
        "storage": _health.storage(),
    }
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def language(request):
    """Show the site in the language `to`, remember it, and go back to `next` in that language."""
    to = request.POST.get("to") or request.GET.get("to") or ""
    if to not in dict(settings.LANGUAGES) or not check_for_language(to):
        return HttpResponseRedirect(safe_next(request))
    response = HttpResponseRedirect(in_language(safe_next(request), to))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        to,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def manifest(request):
    """What a browser asks to install the site."""
    response = JsonResponse(installing.manifest(), content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
def service_worker(request):
    """The script that answers where there is no connection: at the root, since it speaks for the whole site."""
    response = HttpResponse(installing.service_worker(), content_type="text/javascript")
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def offline(request):
    """The page that says that there is no connection: it knows no member."""
    return render(request, "offline.html")


@require_safe
def styleguide(request):
    """Every component in every state, for those who build the pages."""
    from .styleguide import context

    return render(request, "styleguide.html", context())


def csrf_failure(request, reason=""):
    """A form whose token is too old: what a member typed is kept, and the page says what to do.

    Nothing is kept of a visitor, who may have been sent here by another site: that would give them a new session.
    """
    if request.user.is_authenticated:
        park(request)
    return render(request, "403_csrf.html", {"path": request.path}, status=403)


def forbidden(request, exception=None):
    """403 with the reason that the permission gave, in the reader's language."""
    reason = str(exception) if exception else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def bad_request(request, exception=None):
    """413 and a page that says so for more than the site takes at a time; a bare 400 for what no form sends."""
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)
