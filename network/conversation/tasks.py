import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from network.core.schedule import due

logger = logging.getLogger(__name__)


@task()
def release(contribution_id):
    """Release one contribution at its moment; harmless when it is gone, taken back or released already."""
    from .actions import release_contribution
    from .models import Contribution

    contribution = Contribution.objects.filter(pk=contribution_id).first()
    if contribution:
        release_contribution(contribution)


@due(every=5)
def release_due():
    """Release what should have been: the worker was down, or a task was lost."""
    from .actions import release_contribution
    from .models import Contribution

    for contribution in Contribution.objects.due(timezone.now()).order_by("published_at")[:200]:
        try:
            release_contribution(contribution)
        except Exception:
            # The others needn't wait for the one that can't be released.
            logger.exception("Contribution %s was not released.", contribution.pk)


@due(every=60 * 60)
def forget_thrown_away():
    """Drafts that their authors deleted a month ago are gone for good."""
    from .actions.drafts import KEPT_FOR, purge_draft
    from .models import Contribution

    before = timezone.now() - timedelta(days=KEPT_FOR)
    for contribution in Contribution.objects.thrown_away_before(before).order_by("pk")[:200]:
        purge_draft(contribution)


def last_monday(now):
    """The last Monday at seven in the morning, where the site is, before `now`."""
    local = timezone.localtime(now)
    monday = (local - timedelta(days=local.weekday())).replace(hour=7, minute=0, second=0, microsecond=0)
    return monday if monday <= local else monday - timedelta(days=7)


@due(every=5 * 60)
def send_digests():
    """On Monday morning, whoever asked for it gets the week's news of their groups in one message."""
    from .actions import send_digest
    from .querysets import wanting_digest

    now = timezone.now()
    since = last_monday(now)
    for member in wanting_digest(since)[:500]:
        try:
            send_digest(member, since=since, now=now)
        except Exception:
            # The others needn't wait for the one to whom it can't be sent.
            logger.exception("The digest of member %s was not sent.", member.pk)
