"""What is done for members in the background, and what is due."""

import logging

from django.utils import timezone
from django_tasks import task

from network.core.schedule import due

logger = logging.getLogger(__name__)
HOUR = 60 * 60


@task()
def make_archive(archive_id):
    """Write the file of one archive; harmless when it is made already, or gone."""
    from .actions import make_archive

    make_archive(archive_id)


@due(every=HOUR)
def forget_outdated_archives():
    """Archives are kept for a week."""
    from .actions import forget_outdated_archives

    forget_outdated_archives()


@due(every=HOUR)
def erase_those_who_left():
    """Who left and didn't come back in time becomes a former member."""
    from .actions import erase_member
    from .models import Member

    for member in Member.objects.due_to_leave(timezone.now())[:50]:
        try:
            erase_member(member)
        except Exception:
            # The others needn't wait for the one that can't be erased.
            logger.exception("Member %s was not erased.", member.pk)


@due(every=HOUR)
def renew_verifications():
    """Who is verified by an address is asked in time whether it is still theirs; without an answer it lapses."""
    from .actions import ask_for_renewals, lapse_verifications

    ask_for_renewals()
    lapse_verifications()
