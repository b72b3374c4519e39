"""The week's news of their groups, in one message, for members who asked for it so."""

from django.conf import settings
from django.db import transaction

from network.notifications import kinds
from network.notifications.actions import claim_digest, queue_mail
from network.notifications.messages import stop_headers, stop_path

from ..querysets import news_of_week


@transaction.atomic
def send_digest(member, *, since, now=None):
    """Queue the member's digest, unless one was sent since the moment `since` or there is nothing to tell.

    Returns the message, or None. Safe to call any number of times.
    """
    start = claim_digest(member, since=since, now=now)
    if start is None:
        return None
    topics = news_of_week(member, start)
    if not topics:
        return None
    groups = {}
    for topic in topics:
        groups.setdefault(topic.space.title, []).append(topic)
    kind = kinds.get("digest")
    stop_url = f"{settings.BASE_URL}{stop_path(member, kind)}"
    return queue_mail(
        to=member.email,
        recipient=member,
        language=member.language,
        template="digest",
        context={
            "recipient": member,
            "groups": sorted(groups.items()),
            "count": len(topics),
            "why": kind.why,
            "unsubscribe_url": stop_url,
            "settings_url": f"{settings.BASE_URL}/me/notifications/",
        },
        headers=stop_headers(stop_url),
    )
