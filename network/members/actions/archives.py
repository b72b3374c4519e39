"""Files of what is a member's own: asked for, made by the worker, kept for a week."""

import logging
import tempfile
from datetime import timedelta

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from network.core import mail
from network.core.answers import require

from .. import archives, tasks
from ..models import Archive
from ..permissions import can_request_archive

logger = logging.getLogger(__name__)


@transaction.atomic
def request_archive(code, *, actor):
    """Have an archive of the kind with this code made for the actor; asking again while it is made is the same."""
    require(can_request_archive(actor, archives.get(code)))
    try:
        with transaction.atomic():
            archive = Archive.objects.create(member=actor, kind=code)
    except IntegrityError:
        return Archive.objects.get(member=actor, kind=code, state=Archive.State.WAITING)
    transaction.on_commit(lambda: tasks.make_archive.enqueue(archive.pk))
    return archive


def make_archive(archive_id):
    """Write the file of an archive that waits for it, and tell the member; says whether it was written.

    A worker that is stopped in the middle leaves it waiting, and another begins anew.
    """
    archive = (
        Archive.objects.filter(pk=archive_id, state=Archive.State.WAITING).select_related("member").first()
    )
    if archive is None:
        return False
    kind = archives.get(archive.kind)
    with tempfile.TemporaryFile() as file:
        try:
            kind.write(archive.member, file)
        except Exception:
            # The member sees that it failed and can ask again; the log says why.
            logger.exception("The archive %s was not made.", archive.pk)
            Archive.objects.filter(pk=archive.pk).update(state=Archive.State.FAILED)
            return False
        file.seek(0)
        return _keep(archive, kind, File(file))


@transaction.atomic
def _keep(archive, kind, file):
    locked = Archive.objects.select_for_update().filter(pk=archive.pk, state=Archive.State.WAITING).first()
    if locked is None:
        return False
    locked.file.save(kind.name, file, save=False)
    locked.state = Archive.State.READY
    locked.expires_at = timezone.now() + timedelta(days=settings.ARCHIVE_DAYS)
    locked.save(update_fields=["file", "state", "expires_at"])
    member = archive.member
    mail.queue(
        to=member.email,
        language=member.language,
        template="archive_ready",
        context={
            "member": member,
            "archive": locked,
            "days": settings.ARCHIVE_DAYS,
            "privacy_url": f"{settings.BASE_URL}{reverse('me:privacy')}",
        },
        recipient=member,
    )
    return True


@transaction.atomic
def forget_archives(queryset):
    """Delete these archives and their files; returns how many there were."""
    gone = list(queryset.select_for_update())
    for archive in gone:
        if archive.file:
            transaction.on_commit(lambda stored=archive.file: stored.storage.delete(stored.name))
    queryset.filter(pk__in=[archive.pk for archive in gone]).delete()
    return len(gone)


def forget_outdated_archives():
    """Delete the archives whose time is over."""
    return forget_archives(Archive.objects.outdated(timezone.now()))
