"""Obvious spam, many texts at once: decided one by one by the worker, each with its own statement of reasons."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused

from .. import tasks
from ..models import Batch, BatchItem, Case, Decision
from ..permissions import can_decide_case, can_moderate
from ..querysets import charter_of
from ..statements import spam_statement
from .decisions import decide_case

# More than this in one go is never looked at.
MOST_AT_ONCE = 500


@transaction.atomic
def remove_spam(cases, *, actor, article_code):
    """Remove the texts of these cases as spam, in the background. Returns the batch, which tells how far it is.

    Cases that the actor may not decide, or that are not about a text, are left out.
    """
    require(can_moderate(actor))
    chosen = list(
        Case.objects.visible_to(actor)
        .open()
        .filter(pk__in=[case.pk for case in cases], contribution__isnull=False)
    )
    if not chosen:
        raise Refused(_("Choose at least one case about a text."))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(_("Choose at most %(most)s cases at once.") % {"most": MOST_AT_ONCE})
    batch = Batch.objects.create(moderator=actor, article_code=article_code)
    BatchItem.objects.bulk_create(BatchItem(batch=batch, case=case) for case in chosen)
    record(actor, "remove_spam", batch, cases=len(chosen))
    transaction.on_commit(partial(tasks.decide_batch.enqueue, batch.pk))
    return batch


def decide_batch(batch_id):
    """Decide what is left of a batch, one case a transaction; returns how many were looked at.

    Killed at any moment, it goes on where it stopped; two at once share the work.
    """
    done = 0
    while _decide_next(batch_id):
        done += 1
    _finish(batch_id)
    return done


@transaction.atomic
def _decide_next(batch_id):
    item = (
        BatchItem.objects.filter(batch=batch_id, done_at=None)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("batch__moderator", "case__contribution__space", "case__concerned")
        .order_by("pk")
        .first()
    )
    if item is None:
        return False
    item.refusal = _decide(item.case, item.batch)
    item.done_at = timezone.now()
    item.save(update_fields=["done_at", "refusal"])
    return True


def _decide(case, batch):
    """Decide one case; returns why not, or ""."""
    with translation.override(batch.moderator.language):
        answer = can_decide_case(batch.moderator, case)
        if not answer:
            return str(answer.reason or _("You may not decide this case any more."))[:300]
    try:
        with transaction.atomic():
            articles = charter_of(case).articles.filter(code=batch.article_code)
            decide_case(
                case,
                actor=batch.moderator,
                version=case.version,
                outcome=Decision.Outcome.ACT,
                measure=Decision.Measure.REMOVE,
                articles=list(articles.select_related("version").prefetch_related("texts")),
                **spam_statement(case),
            )
    except (Refused, PermissionDenied) as refusal:
        with translation.override(batch.moderator.language):
            return str(refusal)[:300]
    return ""


@transaction.atomic
def _finish(batch_id):
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.finished_at is None and not batch.items.filter(done_at=None).exists():
        batch.finished_at = timezone.now()
        batch.save(update_fields=["finished_at"])


def resume_batches():
    """Go on with the batches that no task is at; returns how many. Safe to repeat."""
    at_work = DBTaskResult.objects.filter(
        task_path=tasks.decide_batch.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    )
    if at_work.exists():
        return 0
    unfinished = list(Batch.objects.filter(finished_at=None).values_list("pk", flat=True))
    for pk in unfinished:
        tasks.decide_batch.enqueue(pk)
    return len(unfinished)
