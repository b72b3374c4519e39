"""What a decision does to a member, and how that ends."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.actions import enter_space, leave_space
from network.conversation.models import Membership
from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.members.actions import end_sessions
from network.members.models import Member

from ..models import Sanction
from ..permissions import can_lift_sanction
from .records import lock_case, record_event

# For so long a member counts as warned.
WARNED_FOR = timedelta(days=365)
EFFECTS = ("status", "suspended_until", "excluded_at", "posting_restricted_until", "posting_restriction")
# The strictest first.
RESTRICTIONS = (Sanction.Restriction.NOTHING, Sanction.Restriction.REVIEW, Sanction.Restriction.RATE)


def check_sanction(case, sanction):
    """Raise `Refused` where this sanction ({"kind", "ends_at", …}, see `Terms`) may not be taken in this case."""
    member, kind = case.concerned, sanction["kind"]
    if not member.is_active:
        raise Refused(_("This account is closed: no measure on the person is possible."))
    if kind == Sanction.Kind.GROUP_BAN:
        _check_group_ban(case, member)
    if kind not in (Sanction.Kind.SUSPENDED, Sanction.Kind.EXCLUDED) or sanction.get("urgency", "").strip():
        return
    since = timezone.now() - WARNED_FOR
    if not Sanction.objects.warnings_to(member, since=since).exists():
        raise Refused(
            _(
                "This member was not warned in the last twelve months: say why it is too urgent for a warning first."
            )
        )


def _check_group_ban(case, member):
    space = case.contribution.space if case.contribution else case.space
    if space is None or space.kind != space.Kind.GROUP:
        raise Refused(_("This case is not about a group: nobody can be removed from one."))
    if _tie(member, space, role=Membership.Role.OWNER):
        raise Refused(_("An owner can't be removed from their group: make another member its owner first."))


def _tie(member, space, **values):
    return Membership.objects.active().filter(member=member, space=space.pk, **values).first()


def apply_sanction(decision, sanction, second_decider):
    """Write the sanction of a decision and let it take effect at once."""
    kind, ends_at = sanction["kind"], sanction.get("ends_at")
    if kind == Sanction.Kind.REMINDER:
        ends_at = timezone.now() + WARNED_FOR
    case = decision.case
    space, former_role = None, ""
    if kind == Sanction.Kind.GROUP_BAN:
        space = case.contribution.space if case.contribution else case.space
        former_role = _close_group(space, case.concerned)
    Sanction.objects.create(
        decision=decision,
        member=case.concerned,
        kind=kind,
        restriction=sanction.get("restriction", "") if kind == Sanction.Kind.RESTRICTED else "",
        space=space,
        former_role=former_role,
        ends_at=None if kind == Sanction.Kind.EXCLUDED else ends_at,
        urgency=sanction.get("urgency", "").strip(),
        second_decider=second_decider if kind == Sanction.Kind.EXCLUDED else None,
    )
    settle_member(case.concerned)


def _close_group(space, member):
    """Put the member out of the group; returns the role to give back when it ends ("" for none)."""
    tie = _tie(member, space)
    if tie is None:
        standing = Sanction.objects.standing().filter(member=member, space=space.pk).order_by("pk").first()
        former_role = standing.former_role if standing else ""
    else:
        former_role = tie.role
    enter_space(space, member, role=Membership.Role.MEMBER, state=Membership.State.BANNED)
    return former_role


def _open_group(sanction):
    """The removal from a group is over: the member is what they were there, unless another one holds."""
    others = Sanction.objects.standing().filter(member=sanction.member_id, space=sanction.space_id)
    banned = Membership.objects.filter(
        member=sanction.member_id, space=sanction.space_id, state=Membership.State.BANNED
    )
    if others.exclude(pk=sanction.pk).exists() or not banned.exists():
        return
    if sanction.former_role:
        enter_space(sanction.space, sanction.member, role=sanction.former_role)
    else:
        leave_space(sanction.space, sanction.member)


@transaction.atomic
def settle_member(member):
    """Make a member's columns say what their standing sanctions say; returns whether anything changed."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    before = [getattr(locked, field) for field in EFFECTS]
    standing = list(locked.sanctions.standing())
    locked.suspended_until = _latest_end(standing, Sanction.Kind.SUSPENDED)
    restricting = [sanction for sanction in standing if sanction.kind == Sanction.Kind.RESTRICTED]
    strictest = min((sanction.restriction for sanction in restricting), key=RESTRICTIONS.index, default="")
    locked.posting_restriction = strictest
    # Where a stricter one ends first, the milder one follows when it does.
    restricting = [sanction for sanction in restricting if sanction.restriction == strictest]
    locked.posting_restricted_until = _latest_end(restricting, Sanction.Kind.RESTRICTED)
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
    sanction = Sanction.objects.select_related("decision__case", "member", "space").get(pk=sanction.pk)
    require(can_lift_sanction(actor, sanction))
    lock_case(sanction.decision.case)
    if not Sanction.objects.standing().filter(pk=sanction.pk).update(voided_at=timezone.now()):
        return False
    _end_effect(sanction)
    record_event(sanction.decision.case, actor, "lifted", sanction=sanction.pk)
    return True


def void_sanctions(decision):
    """A decision that falls takes its sanctions along."""
    standing = list(decision.sanctions.filter(voided_at=None).select_related("member", "space"))
    decision.sanctions.filter(voided_at=None).update(voided_at=timezone.now())
    for sanction in standing:
        _end_effect(sanction)


def _end_effect(sanction):
    if sanction.kind == Sanction.Kind.GROUP_BAN:
        _open_group(sanction)
    else:
        settle_member(sanction.member)


def expire_sanctions():
    """Give back what members whose sanction is over could do; returns how many there were. Safe to repeat."""
    now = timezone.now()
    over = Member.objects.filter(
        Q(status=Member.Status.SUSPENDED, excluded_at=None, suspended_until__lte=now)
        | Q(posting_restricted_until__lte=now)
    )
    bans = Sanction.objects.ended_group_bans(now).values_list("pk", flat=True)
    return sum(_expire(member) for member in over) + sum(_expire_group_ban(pk) for pk in list(bans))


@transaction.atomic
def _expire_group_ban(pk):
    sanction = Sanction.objects.select_related("decision__case", "member", "space").get(pk=pk)
    lock_case(sanction.decision.case)
    if not Sanction.objects.ended_group_bans(timezone.now()).filter(pk=pk).update(settled_at=timezone.now()):
        return False
    _open_group(sanction)
    record(None, "expire_sanctions", sanction.member)
    return True


@transaction.atomic
def _expire(member):
    changed = settle_member(member)
    if changed:
        record(None, "expire_sanctions", member)
    return changed
