"""What every change of a case leaves behind, and the order in which its rows are locked."""

from network.conversation.actions.counting import locked
from network.conversation.models import Contribution, Space
from network.core.audit import record
from network.members.models import Member

from ..models import Case, CaseEvent


def record_event(case, actor, verb, **data):
    """Add one event to the case and to the audit; `data` must fit JSON. The audit holds no words of members."""
    event = CaseEvent.objects.create(case=case, actor=actor, verb=verb, data=data)
    record(actor, f"{verb}_case", case, event=event.pk)
    return event


def lock_case(case):
    """The case under lock, after what it is about: the order that reports keep too. Call in a transaction."""
    if case.contribution_id:
        # Where it stands now: it may have been moved since the case was read.
        locked(Contribution.objects.get(pk=case.contribution_id))
    elif case.space_id:
        Space.objects.select_for_update(of=("self",), no_key=True).get(pk=case.space_id)
    else:
        Member.objects.select_for_update(no_key=True).get(pk=case.member_id)
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("contribution__space", "member", "space", "concerned", "moderator")
        .get(pk=case.pk)
    )


def save_case(case, *fields):
    """Write these columns and move the version, so that what was decided on an older reading is refused."""
    case.version += 1
    case.save(update_fields=[*fields, "version"])
