from django.utils import timezone
from django_tasks import task

from network.core.schedule import due


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
        release_contribution(contribution)
