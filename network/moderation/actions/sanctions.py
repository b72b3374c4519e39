"""What a decision does to a member, and how that ends."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.members.actions import end_sessions
from network.members.models import Member

from ..models import Sanction
from ..permissions import can_lift_sanction
from .records import record_event

# For so long a member counts as warned.
WARNED_FOR = timedelta(days=365)
EFFECTS = ("status", "suspended_until", "excluded_at", "posting_restricted_until")


def check_sanction(case, sanction):
    """Raise `Refused` where this sanction ({"kind", "ends_at", "urgency"}) may not be taken in this case."""
    member, kind = case.concerned, sanction["kind"]
    if not member.is_active:
        raise Refused(_("This account is closed: no measure on the person is possible."))
    if kind not in (Sanction.Kind.SUSPENDED, Sanction.Kind.EXCLUDED) or sanction.get("urgency", "").strip():
        return
    since = timezone.now() - WARNED_FOR
    if not Sanction.objects.warnings_to(member, since=since).exists():
        raise Refused(
            _(
                "This member was not warned in the last twelve months: say why it is too urgent for a warning first."
            )
        )


def apply_sanction(decision, sanction, second_decider):
    """Write the sanction of a decision and let it take effect at once."""
    kind, ends_at = sanction["kind"], sanction.get("ends_at")
    if kind == Sanction.Kind.REMINDER:
        ends_at = timezone.now() + WARNED_FOR
    Sanction.objects.create(
        decision=decision,
        member=decision.case.concerned,
        kind=kind,
        ends_at=None if kind == Sanction.Kind.EXCLUDED else ends_at,
        urgency=sanction.get("urgency", "").strip(),
        second_decider=second_decider if kind == Sanction.Kind.EXCLUDED else None,
    )
    settle_member(decision.case.concerned)


@transaction.atomic
def settle_member(member):
    """Make a member's columns say what their standing sanctions say; returns whether anything changed."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    before = [getattr(locked, field) for field in EFFECTS]
    standing = list(locked.sanctions.standing())
    locked.suspended_until = _latest_end(standing, Sanction.Kind.SUSPENDED)
    locked.posting_restricted_until = _latest_end(standing, Sanction.Kind.RESTRICTED)
    excluded = [sanction.starts_at for sanction in standing if sanction.kind == Sanction.Kind.EXCLUDED]
    locked.excluded_at = min(excluded, default=None)
    is_out = bool(locked.suspended_until or locked.excluded_at)
    if locked.is_active and is_out:
        locked.status = Member.Status.SUSPENDED
    elif locked.status == Member.Status.SUSPENDED:
        verified = locked.verified_at and locked.verified_by
        locked.status = Member.Status.ACTIVE if verified else Member.Status.PENDING
    after = [getattr(locked, field) for field in EFFECTS]
    if after == before:
        return False
    locked.save(update_fields=EFFECTS)
    if locked.status == Member.Status.SUSPENDED and before[0] != Member.Status.SUSPENDED:
        end_sessions(locked)
    for field in EFFECTS:
        setattr(member, field, getattr(locked, field))
    return True


def _latest_end(sanctions, kind):
    return max((sanction.ends_at for sanction in sanctions if sanction.kind == kind), default=None)


@transaction.atomic
def lift_sanction(sanction, *, actor):
    """End a sanction before its time; returns whether that changed anything."""
    sanction = Sanction.objects.select_related("decision__case", "member").get(pk=sanction.pk)
    require(can_lift_sanction(actor, sanction))
    if not Sanction.objects.standing().filter(pk=sanction.pk).update(voided_at=timezone.now()):
        return False
    settle_member(sanction.member)
    record_event(sanction.decision.case, actor, "lifted", sanction=sanction.pk)
    return True


def void_sanctions(decision):
    """A decision that falls takes its sanctions along."""
    if decision.sanctions.filter(voided_at=None).update(voided_at=timezone.now()):
        settle_member(decision.case.concerned)


def expire_sanctions():
    """Give back what members whose sanction is over could do; returns how many there were. Safe to repeat."""
    now = timezone.now()
    over = Member.objects.filter(
        Q(status=Member.Status.SUSPENDED, excluded_at=None, suspended_until__lte=now)
        | Q(posting_restricted_until__lte=now)
    )
    return sum(_expire(member) for member in over)


@transaction.atomic
def _expire(member):
    changed = settle_member(member)
    if changed:
        record(None, "expire_sanctions", member)
    return changed
