from django.utils.functional import SimpleLazyObject

from .surroundings import Surroundings


def surroundings(request):
    """The member, their groups, tags and unread notifications; nothing is read before a template shows it."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return {"me": None}
    around = Surroundings(member)
    return {
        "me": member,
        "unread_notifications": SimpleLazyObject(around.unread_notifications),
        "my_groups": SimpleLazyObject(around.my_groups),
        "my_tags": SimpleLazyObject(around.my_tags),
    }
