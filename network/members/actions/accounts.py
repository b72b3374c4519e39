from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.core import mail
from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused

from ..models import ROLES, Institution, Member, Spokesperson
from ..permissions import (
    can_deactivate_member,
    can_restore_member,
    can_set_roles,
    can_verify_member,
)
from .profiles import free_handle, lock_handles

VERIFICATION = (
    "status",
    "verified_at",
    "verified_by",
    "verified_until",
    "renewal_asked_at",
    "institution",
)


@transaction.atomic
def register_member(member):
    """Save a new account, of which e-mail, name and password are set, under a handle made of the name.

    It waits for verification, whatever the address: only a confirmed one proves anything.
    """
    lock_handles()
    member.handle = free_handle(member.name)
    member.status = Member.Status.PENDING
    member.save()
    return member


def _lock(member):
    return Member.objects.select_for_update().get(pk=member.pk)


def _refresh(member, locked, fields):
    """Let the caller's object say what the row says now."""
    for field in fields:
        setattr(member, field, getattr(locked, field))


def _verify(member, by, institution):
    now = timezone.now()
    member.status = Member.Status.ACTIVE
    member.verified_at = now
    member.verified_by = by
    by_domain = by == Member.VerifiedBy.DOMAIN
    member.verified_until = now + timedelta(days=settings.VERIFICATION_DAYS) if by_domain else None
    member.renewal_asked_at = None
    member.institution = institution
    member.save(update_fields=VERIFICATION)


def _leave_other_institutions(member):
    """Who works elsewhere from now on doesn't speak for the house before."""
    Spokesperson.objects.filter(member=member).exclude(institution=member.institution).delete()


@transaction.atomic
def verify_by_domain(member, *, email):
    """Verify a member whose main address `email`, once confirmed, has the domain of an institution.

    Returns the institution, or None where nothing is proved: an address that is another's, isn't confirmed,
    isn't the main one, or whose domain no institution has exactly. A verification is renewed each time.
    """
    proved = EmailAddress.objects.filter(
        user=member, email__iexact=email, primary=True, verified=True
    ).exists()
    institution = Institution.objects.for_address(email) if proved else None
    if institution is None:
        return None
    locked = _lock(member)
    if locked.status in (Member.Status.PENDING, Member.Status.ACTIVE):
        before = locked.institution_id
        _verify(locked, Member.VerifiedBy.DOMAIN, institution)
        _leave_other_institutions(locked)
        record(None, "verify_by_domain", locked, institution=institution.pk, before=before)
        _refresh(member, locked, VERIFICATION)
    return institution


@transaction.atomic
def review_verification(member):
    """Draw what follows from the member's main confirmed address, as after a change of it; safe to repeat.

    An address of an institution verifies. One of none ends a verification that rested on the domain alone:
    the member waits for an administrator again. What an administrator verified stays. Returns the status.
    """
    address = EmailAddress.objects.filter(user=member, primary=True, verified=True).first()
    if address is None:
        return member.status
    institution = Institution.objects.for_address(address.email)
    by_domain = member.verified_by == Member.VerifiedBy.DOMAIN
    if institution and (not member.is_verified or (by_domain and member.institution_id != institution.pk)):
        verify_by_domain(member, email=address.email)
    elif institution is None and member.is_verified and by_domain:
        end_verification(member)
    return member.status


@transaction.atomic
def end_verification(member):
    """End a verification that rests on the e-mail domain alone: the member waits for an administrator again."""
    locked = _lock(member)
    if not locked.is_verified or locked.verified_by != Member.VerifiedBy.DOMAIN:
        # Suspended, or vouched for, a moment ago.
        return
    institution = locked.institution_id
    locked.status = Member.Status.PENDING
    locked.verified_at = locked.verified_until = locked.renewal_asked_at = locked.institution = None
    locked.verified_by = ""
    locked.save(update_fields=VERIFICATION)
    _leave_other_institutions(locked)
    record(None, "end_verification", locked, institution=institution)
    _refresh(member, locked, VERIFICATION)


@transaction.atomic
def verify_member(member, *, actor, institution=None):
    """An administrator vouches for a member who waits; `institution` is the one they work for, if known.

    Returns whether anything changed.
    """
    locked = _lock(member)
    if locked.is_verified:
        return False
    require(can_verify_member(actor, locked))
    _verify(locked, Member.VerifiedBy.ADMINISTRATOR, institution or locked.institution)
    _leave_other_institutions(locked)
    record(actor, "verify_member", locked, institution=locked.institution_id)
    _tell(locked, "account_verified", groups_url=f"{settings.BASE_URL}/groups/")
    _refresh(member, locked, VERIFICATION)
    return True


@transaction.atomic
def deactivate_member(member, *, actor, reason):
    """Close an account at once: its sessions end, nobody can enter with it, what it wrote stays.

    `reason` is told to the member. Returns whether anything changed.
    """
    # All administrators are locked first, so that two of them can't deactivate each other at once.
    list(Member.objects.administrators().select_for_update(of=("self",)).values_list("pk"))
    locked = _lock(member)
    if locked.status == Member.Status.DEACTIVATED:
        return False
    require(can_deactivate_member(actor, locked))
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    locked.status = Member.Status.DEACTIVATED
    locked.is_active = False
    locked.save(update_fields=["status", "is_active"])
    end_sessions(locked)
    record(actor, "deactivate_member", locked, reason=reason.strip())
    _tell(locked, "account_deactivated", reason=reason.strip())
    _refresh(member, locked, ["status", "is_active"])
    return True


@transaction.atomic
def restore_member(member, *, actor):
    """Open a deactivated account again, as what it was: active, waiting, or still suspended."""
    locked = _lock(member)
    if locked.is_active:
        return False
    require(can_restore_member(actor, locked))
    locked.status = _standing(locked)
    locked.is_active = True
    locked.save(update_fields=["status", "is_active"])
    record(actor, "restore_member", locked)
    _tell(locked, "account_restored", login_url=f"{settings.BASE_URL}{reverse('account_login')}")
    _refresh(member, locked, ["status", "is_active"])
    return True


def _standing(member):
    suspended = member.suspended_until and member.suspended_until > timezone.now()
    if member.is_excluded or suspended:
        return Member.Status.SUSPENDED
    return Member.Status.ACTIVE if member.verified_at else Member.Status.PENDING


@transaction.atomic
def set_roles(member, *, actor, roles):
    """Give the member these site roles (names of `ROLES`) and no other; returns whether anything changed."""
    list(Member.objects.administrators().select_for_update(of=("self",)).values_list("pk"))
    locked = _lock(member)
    roles = set(roles) & set(ROLES)
    before = locked.roles & set(ROLES)
    if roles == before:
        return False
    require(can_set_roles(actor, locked, roles))
    others = locked.groups.exclude(name__in=ROLES)
    locked.groups.set([*others, *Group.objects.filter(name__in=roles)])
    record(actor, "set_roles", locked, before=sorted(before), after=sorted(roles))
    member.__dict__.pop("roles", None)
    return True


@transaction.atomic
def end_sessions(member):
    """Log the member out wherever they are logged in."""
    for session in UserSession.objects.filter(user=member):
        session.end()


def _tell(member, template, **context):
    mail.queue(
        to=member.email,
        language=member.language,
        template=template,
        context={"member": member, **context},
        # Who is no longer of the site still gets this letter: the outbox writes to active members alone.
        recipient=member if member.is_active else None,
    )
