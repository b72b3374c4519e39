"""The demonstration network: invented people, who live a year in a few seconds.

What the data files tell becomes a list of moments. They are played in their order, through the actions that
the site itself uses and with a clock that shows the time of each, so that counters, numbers, notifications
and audit are what they would be if it had all happened.
"""

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.models import OutboxMail

from . import conversations, habits, house, moderation, pages, people, places
from .timeline import Timeline
from .world import World

FIRST = "amina@demo.example"


def load(say=lambda line: None):
    """Load the demonstration network where it isn't yet; says whether it was loaded by this call.

    `say` is given a line before the work begins. Raises Refused outside a demonstration, and in a database
    that has members of its own.
    """
    if not settings.DEMO:
        raise Refused(_("This is not a demonstration: set DEMO=1 to make it one. Never do so in production."))
    if Member.objects.filter(email=FIRST).exists():
        return False
    if Member.objects.exists():
        raise Refused(_("This database has members: the demonstration network is for an empty one."))
    say("Loading the demonstration network (once)…")
    with transaction.atomic():
        _play(World(), Timeline(timezone.now()))
    return True


def _play(world, timeline):
    for part in (house, people, places, conversations, moderation, habits):
        part.plan(world, timeline)
    timeline.play()
    _send_nothing()
    pages.fill(world, timeline.end)


def _send_nothing():
    """Nobody gets a letter about a year that didn't happen: neither the letters nor the tasks stay."""
    OutboxMail.objects.all().delete()
    connection.run_on_commit.clear()
