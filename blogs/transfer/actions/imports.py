"""A file of posts: sent, read, and taken in post by post, each once."""

import logging
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.refusals import Refused
from network.members.models import Member

from ...actions import open_blog
from ...models import Blog
from .. import tasks
from ..models import Import, ImportItem
from ..permissions import can_drop_import, can_import_posts, can_start_import
from ..reading import Unreadable, read
from .taking_in import known_positions, prepare, take_in

logger = logging.getLogger(__name__)
State, Outcome = Import.State, ImportItem.Outcome
# How long a file is kept that its member hasn't decided on.
KEPT = timedelta(days=7)


@transaction.atomic
def send_import(file, *, actor):
    """Keep a file of posts and have it read by the worker; an earlier one that waits for a decision goes.

    Refused while another is under way.
    """
    require(can_import_posts(actor))
    for waiting in Import.objects.visible_to(actor).filter(state=State.READ):
        drop_import(waiting, actor=actor)
    batch = Import(member=actor, name=file.name[:160])
    batch.file.save("posts", file, save=False)
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as error:
        batch.file.delete(save=False)
        raise Refused(_("Another file of yours is under way: wait until it is done.")) from error
    transaction.on_commit(lambda: tasks.read_import.enqueue(batch.pk))
    return batch


def read_import(batch_id):
    """Say of each post in the file what would become of it; changes nothing of the blog. Safe to repeat."""
    batch = _locked(batch_id, State.READING)
    if batch is None:
        return False
    try:
        with batch.file.open("rb") as file:
            entries, _folder, comments = read(file)
            items = _items_of(batch, entries)
    except Unreadable as refusal:
        return _fail(batch, refusal.code)
    except Exception:
        logger.exception("The import %s was not read.", batch.pk)
        return _fail(batch, "failed")
    with transaction.atomic():
        batch.items.all().delete()
        ImportItem.objects.bulk_create(items, batch_size=500)
        Import.objects.filter(pk=batch.pk, state=State.READING).update(
            state=State.READ, comments_left=comments
        )
    return True


def _items_of(batch, entries):
    known = known_positions(Blog.objects.of(batch.member), entries)
    items = []
    for position, entry in enumerate(entries):
        prepare(entry, batch.member)
        outcome = Outcome.REFUSED if entry.refusal else Outcome.NEW
        if position in known:
            outcome = Outcome.KNOWN
        items.append(
            ImportItem(
                batch=batch,
                position=position,
                title=entry.title[:160],
                published_at=entry.published_at,
                outcome=outcome,
                notes=[entry.refusal] if entry.refusal else entry.notes,
            )
        )
    return items


def _locked(batch_id, state):
    return Import.objects.select_related("member").filter(pk=batch_id, state=state).first()


def _fail(batch, code):
    Import.objects.filter(pk=batch.pk).update(state=State.FAILED, problem=code)
    _forget_file(batch)
    return False


def _forget_file(batch):
    if batch.file:
        storage, name = batch.file.storage, batch.file.name
        transaction.on_commit(lambda: storage.delete(name))
        Import.objects.filter(pk=batch.pk).update(file="")


@transaction.atomic
def start_import(batch, *, actor, audience):
    """Take in what the reading listed as new; `audience` ("" or "network") is who reads it at most.

    The blog begins with it where there is none. Says whether it was started by this call.
    """
    fresh = Import.objects.select_for_update().get(pk=batch.pk)
    require(can_start_import(actor, fresh))
    if fresh.state != State.READ:
        return False
    require(can_import_posts(actor))
    open_blog(actor=actor)
    fresh.audience, fresh.state = audience, State.RUNNING
    try:
        with transaction.atomic():
            fresh.save(update_fields=["audience", "state"])
    except IntegrityError as error:
        raise Refused(_("Another file of yours is under way: wait until it is done.")) from error
    transaction.on_commit(lambda: tasks.run_import.enqueue(fresh.pk))
    return True


def run_import(batch_id):
    """Take in, one after the other, the posts that were found new; says whether there was anything to do.

    Each post is a transaction of its own. Stopped in the middle, it goes on with the next one when called again.
    """
    batch = _locked(batch_id, State.RUNNING)
    if batch is None:
        return False
    blog = Blog.objects.of(batch.member)
    with batch.file.open("rb") as file:
        entries, folder, _comments = read(file)
        for item in batch.items.filter(outcome=Outcome.NEW).order_by("position").iterator():
            _take_in_or_say_why(batch, blog, item, entries[item.position], folder)
    Import.objects.filter(pk=batch.pk).update(state=State.DONE)
    _forget_file(batch)
    return True


def _take_in_or_say_why(batch, blog, item, entry, folder):
    # A decision of the moderators may have come meanwhile.
    batch.member = Member.objects.get(pk=batch.member_id)
    if not can_import_posts(batch.member):
        _refuse(item, "not_allowed")
        return
    prepare(entry, batch.member)
    try:
        take_in(batch, blog, item, entry, folder)
    except PermissionDenied:
        _refuse(item, "not_allowed")
    except Refused:
        _refuse(item, "too_long")
    except Exception:
        # One post that can't come in keeps no other out.
        logger.exception("Post %s of import %s did not come in.", item.position, batch.pk)
        _refuse(item, "failed")


def _refuse(item, code):
    ImportItem.objects.filter(pk=item.pk).update(outcome=Outcome.REFUSED, notes=[code])


@transaction.atomic
def drop_import(batch, *, actor):
    """Let a file go that was read and not taken in; says whether it was there. What came in stays."""
    fresh = Import.objects.select_for_update().filter(pk=batch.pk).first()
    if fresh is None:
        return False
    require(can_drop_import(actor, fresh))
    _forget_file(fresh)
    fresh.delete()
    return True


@transaction.atomic
def forget_old_imports(now=None):
    """Forget files that nobody decided on, and lists of what came in, after a week; returns how many."""
    old = Import.objects.filter(created_at__lt=(now or timezone.now()) - KEPT).exclude(state=State.RUNNING)
    old = list(old)
    for batch in old:
        _forget_file(batch)
    Import.objects.filter(pk__in=[batch.pk for batch in old]).delete()
    return len(old)
