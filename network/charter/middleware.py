from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from network.core.parking import park
from network.members.doors import stays_open

from .models import CharterVersion

# Where a banner says that another version comes: a member's home and the charter, not over every page.
TELLS_OF_THE_NEXT = {"discovery:feed", "charter:charter", "charter:history"}


class CharterGate:
    """Whoever hasn't accepted the charter in force reads and accepts it before going on.

    What they were sending is kept, and found again where they were. In a version's time of grace, members
    who accepted the one before go on: `request.charter_grace` says until when. `request.charter_announced` is
    the version to come, on the pages that say so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.charter_grace = request.charter_announced = None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        member = request.user
        if not member.is_authenticated:
            return None
        version, announced = CharterVersion.objects.standing()
        if announced and request.resolver_match.view_name in TELLS_OF_THE_NEXT:
            request.charter_announced = announced
        if version is None or version.pk == member.accepted_charter_id:
            return None
        request.charter_grace = version.grace_for(member)
        if request.charter_grace or stays_open(request.resolver_match):
            return None
        return self._to_the_charter(request)

    def _to_the_charter(self, request):
        back = request.get_full_path()
        if request.method not in ("GET", "HEAD"):
            park(request)
            back = request.path
        elif request.htmx:
            back = request.htmx.current_url_abs_path or "/feed/"
        address = f"{reverse('charter:accept')}?{urlencode({'next': back})}"
        if request.htmx:
            return HttpResponseClientRedirect(address)
        return HttpResponseRedirect(address)
