"""What happens in a case before it is decided."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.refusals import Refused

from ..models import Case
from ..permissions import can_decide_case, can_see_case, can_take_case
from .decisions import end_automatic
from .records import lock_case, record_event, save_case
from .telling import tell_closed


@transaction.atomic
def take_case(case, *, actor, from_colleague=False):
    """Take a case in hand; returns whether that changed anything.

    One that a colleague has in hand is refused unless `from_colleague` says that it is taken over.
    """
    case = lock_case(case)
    require(can_take_case(actor, case))
    if case.moderator_id == actor.pk:
        return False
    if case.moderator and not from_colleague:
        raise Refused(_("%(name)s has this case in hand.") % {"name": case.moderator.name})
    before = case.moderator_id
    case.moderator = actor
    case.state = Case.State.IN_REVIEW
    save_case(case, "moderator", "state")
    record_event(case, actor, "taken", before=before)
    return True


@transaction.atomic
def give_back_case(case, *, actor):
    """Leave a case to the others; returns whether that changed anything."""
    case = lock_case(case)
    require(can_decide_case(actor, case))
    if case.moderator_id is None:
        return False
    case.moderator = None
    case.state = Case.State.RECEIVED
    save_case(case, "moderator", "state")
    record_event(case, actor, "given_back")
    return True


@transaction.atomic
def assign_case(case, *, actor, to):
    """Give a case to a colleague who may decide it; returns whether that changed anything."""
    case = lock_case(case)
    require(can_take_case(actor, case))
    if case.moderator_id == to.pk:
        return False
    if not can_see_case(to, case):
        # Why is not said: it would tell who reported.
        raise Refused(_("This colleague can't decide this case: choose another one."))
    before = case.moderator_id
    case.moderator = to
    case.state = Case.State.IN_REVIEW
    save_case(case, "moderator", "state")
    record_event(case, actor, "assigned", before=before, to=to.pk)
    return True


@transaction.atomic
def escalate_case(case, *, actor, note=""):
    """A facilitator leaves a case to the site's moderators; returns whether that changed anything."""
    case = lock_case(case)
    require(can_decide_case(actor, case))
    if case.escalated:
        return False
    case.escalated = True
    case.moderator = None
    case.state = Case.State.RECEIVED
    save_case(case, "escalated", "moderator", "state")
    record_event(case, actor, "escalated", text=note.strip())
    return True


@transaction.atomic
def note_case(case, *, actor, text):
    """Leave a note for the other moderators; returns the event that keeps it."""
    case = lock_case(case)
    require(can_see_case(actor, case))
    if not text.strip():
        raise Refused(_("Write your note."))
    return record_event(case, actor, "noted", text=text.strip())


def free_cases():
    """Cases in the hands of somebody who doesn't take part any more are free again; returns how many.

    Safe to repeat.
    """
    return sum(_free(pk) for pk in list(Case.objects.without_a_moderator().values_list("pk", flat=True)))


@transaction.atomic
def _free(pk):
    case = lock_case(Case.objects.select_related("contribution").get(pk=pk))
    if not Case.objects.without_a_moderator().filter(pk=pk).exists():
        return False
    before = case.moderator_id
    case.moderator = None
    if case.state == Case.State.IN_REVIEW:
        case.state = Case.State.RECEIVED
    save_case(case, "moderator", "state")
    record_event(case, None, "given_back", before=before)
    return True


@transaction.atomic
def void_case(case, *, actor, reason):
    """Close a case without a decision, because its matter is gone; those who reported read the reason."""
    case = lock_case(case)
    require(can_decide_case(actor, case))
    if not reason.strip():
        raise Refused(_("Say why there is nothing left to decide."))
    case.state = Case.State.VOID
    case.void_reason = reason.strip()
    case.closed_at = timezone.now()
    save_case(case, "state", "void_reason", "closed_at")
    record_event(case, actor, "void")
    end_automatic(case, actor=actor)
    tell_closed(case)
    return case


def log_reading(case, *, actor):
    """Keep a trace, once a moderator and case, of who read a closed group's words through a case."""
    require(can_see_case(actor, case))
    contribution = case.contribution
    if contribution is None or not (contribution.space.is_closed or contribution.audience_space_id):
        return False
    if case.events.filter(actor=actor, verb="read_closed").exists():
        return False
    with transaction.atomic():
        record_event(case, actor, "read_closed", space=contribution.space_id)
    return True
