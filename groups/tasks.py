import logging

from django.utils import timezone

from network.core.schedule import due

logger = logging.getLogger(__name__)

HOUR = 60 * 60
DAY = 24 * HOUR


@due(every=HOUR)
def nudge_askers():
    """Who asked a question a week ago that nothing answers yet is reminded, once."""
    from .actions import nudge_asker
    from .actions.topics import NUDGE_AFTER, NUDGE_UNTIL
    from .models import Topic

    now = timezone.now()
    for topic in Topic.objects.nudgeable(now - NUDGE_UNTIL, now - NUDGE_AFTER).order_by("released_at")[:500]:
        try:
            nudge_asker(topic, now=now)
        except Exception:
            # The others needn't wait for the one that can't be reminded.
            logger.exception("The asker of %s was not reminded.", topic.pk)


@due(every=DAY)
def forget_invitations():
    """What is left of invitations by e-mail goes, a month after they ended."""
    from . import actions

    actions.forget_invitations()
