"""What happens in a case before it is decided."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.refusals import Refused

from ..models import Case
from ..permissions import can_decide_case, can_see_case, can_take_case
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
    tell_closed(case)
    return case


@transaction.atomic
def log_reading(case, *, actor):
    """Keep a trace, once a moderator and case, of who read a closed group's words through a case."""
    require(can_see_case(actor, case))
    contribution = case.contribution
    if contribution is None or not (contribution.space.is_closed or contribution.audience_space_id):
        return False
    if case.events.filter(actor=actor, verb="read_closed").exists():
        return False
    record_event(case, actor, "read_closed", space=contribution.space_id)
    return True
