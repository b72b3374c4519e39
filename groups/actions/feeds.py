"""The secret links by which feed readers read closed groups."""

import uuid

from network.core.answers import require

from ..models import FeedKey
from ..permissions import can_use_secret_feeds


def make_feed_key(*, actor):
    """Let the member have secret links; returns the key. One that exists stays, and so do its links."""
    require(can_use_secret_feeds(actor))
    return FeedKey.objects.get_or_create(member=actor)[0]


def renew_feed_key(*, actor):
    """End all links that the member had, and let others hold; returns the new key."""
    require(can_use_secret_feeds(actor))
    return FeedKey.objects.update_or_create(member=actor, defaults={"serial": uuid.uuid4()})[0]


def end_feed_key(*, actor):
    """End all links that the member had; says whether there were any."""
    return bool(FeedKey.objects.filter(member=actor).delete()[0])
