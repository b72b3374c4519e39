from functools import cache

from django.http import HttpResponse

from network.conversation.models import Space


@cache
def _rendered(size):
    return b"x" * size


def bare(request, key, size):
    """The least that any page costs here: server, middleware, session and member, one query by key."""
    request.user.is_authenticated  # noqa: B018 - loads session and member
    Space.objects.get(pk=key)
    return HttpResponse(_rendered(size))
