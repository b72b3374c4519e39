import logging

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
