from django.conf import settings
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path

from .doors import stays_open
from .models import Member


class MemberPreferences:
    """The site in the member's language and time; and for a suspended member, only what stays open to them.

    The language chosen on this device goes first, that of the profile next. Pages that have an address in
    each language keep the one of their address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not self._has_member(request):
            return self.get_response(request)
        member = request.user
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES) and not get_language_from_path(request.path_info):
            translation.activate(member.language)
            request.LANGUAGE_CODE = member.language
        with timezone.override(member.time_zone):
            response = self.get_response(request)
        if not get_language_from_path(request.path_info):
            response.headers["Content-Language"] = translation.get_language()
        return response

    def process_view(self, request, view, args, kwargs):
        if not self._has_member(request):
            return None
        member = request.user
        if member.status != Member.Status.SUSPENDED or stays_open(request.resolver_match):
            return None
        sanctions = member.sanctions.filter(kind__in=["suspended", "excluded"], voided_at=None)
        context = {"member": member, "sanctions": sanctions.select_related("decision").order_by("-pk")[:3]}
        return render(request, "account/suspended.html", context, status=403)

    def _has_member(self, request):
        # A visitor without a session costs nothing, and their page can be cached.
        return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
