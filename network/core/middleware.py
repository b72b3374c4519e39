from csp.constants import SELF
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path


class AdminContentSecurityPolicy:
    """The administration has a policy of its own, because Wagtail prints inline scripts and styles."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif getattr(request, "is_dummy", False):
            # The preview of a page, which the page's editor shows in a frame.
            response._csp_replace = {"frame-ancestors": [SELF]}
        return response


class PatientSessions(SessionMiddleware):
    """An answer that is late takes no newer session away.

    Logging in gives the browser a new session. A request sent just before, whose answer comes just after, names
    one that isn't there any more: Django would then have the browser forget its cookie, which is the new one.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie["max-age"] == 0 and not request.session.modified:
            del response.cookies[settings.SESSION_COOKIE_NAME]
        return response


class ReadersLanguage(LocaleMiddleware):
    """The site in the reader's language. An address that isn't there isn't tried in each language.

    Django would answer any 404 by a redirect to the same address under a language, since pages may have any
    address there: what must not be seen would then answer otherwise than "not found".
    """

    def process_response(self, request, response):
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", get_language())
        return response
