"""Asking the author to correct or explain, before anything is decided."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.refusals import Refused
from network.core.thresholds import threshold

from ..models import Case
from ..permissions import can_answer_case, can_ask_author
from .records import lock_case, record_event, save_case
from .snapshots import snapshot_of
from .telling import tell_question


@transaction.atomic
def ask_author(case, *, actor, question):
    """Ask the author of the words to correct or explain them; the case waits for them. Returns the case.

    It comes back with the answer, with the correction, or when the time is over.
    """
    case = lock_case(case)
    require(can_ask_author(actor, case))
    if not question.strip():
        raise Refused(_("Write what the author should correct or explain."))
    case.moderator = actor
    case.state = Case.State.WAITING
    case.answer_due_at = timezone.now() + timedelta(days=threshold("answer_days"))
    save_case(case, "moderator", "state", "answer_due_at")
    # The words as they are now: the case shows what changed since.
    record_event(case, actor, "asked", question=question.strip(), snapshot=snapshot_of(case))
    tell_question(case, question.strip())
    return case


@transaction.atomic
def answer_case(case, *, actor, answer):
    """The author answers the moderators: the case is in review again. Returns the case."""
    case = lock_case(case)
    require(can_answer_case(actor, case))
    if not answer.strip():
        raise Refused(_("Write your answer."))
    _come_back(case)
    record_event(case, actor, "answered", answer=answer.strip())
    return case


def _come_back(case):
    case.state = Case.State.IN_REVIEW if case.moderator_id else Case.State.RECEIVED
    case.answer_due_at = None
    save_case(case, "state", "answer_due_at")


def return_cases():
    """Take back the cases whose author corrected the words, or didn't answer in time; returns how many.

    Safe to repeat.
    """
    waiting = Case.objects.waiting_to_return(timezone.now()).values_list("pk", flat=True)
    return sum(_return(pk) for pk in list(waiting))


@transaction.atomic
def _return(pk):
    case = lock_case(Case.objects.select_related("contribution").get(pk=pk))
    if not Case.objects.waiting_to_return(timezone.now()).filter(pk=pk).exists():
        return False
    asked = case.events.filter(verb="asked").last()
    corrected = case.contribution.edited_at and case.contribution.edited_at > asked.at
    _come_back(case)
    record_event(case, None, "corrected" if corrected else "unanswered")
    return True
