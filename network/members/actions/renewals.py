"""A verification by e-mail domain holds for a while: then the address has to be confirmed again."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from network.core import mail

from ..models import Member
from .accounts import end_verification, verify_by_domain

_SALT = "network.members.renewal"


def renewal_token(member):
    """What only who reads the mail of this address can know."""
    return signing.dumps([member.pk, member.email], salt=_SALT)


def ask_for_renewals(now=None):
    """Write to everyone whose verification by address ends within `RENEWAL_DAYS`, once; returns to how many."""
    now = now or timezone.now()
    due = Member.objects.to_ask_for_renewal(now + timedelta(days=settings.RENEWAL_DAYS))
    return sum(
        _ask(pk, now) for pk in list(due.order_by("verified_until").values_list("pk", flat=True)[:500])
    )


@transaction.atomic
def _ask(pk, now):
    member = Member.objects.to_ask_for_renewal(now + timedelta(days=settings.RENEWAL_DAYS))
    member = member.select_for_update(of=("self",)).filter(pk=pk).first()
    if member is None:
        return False
    # Who was forgotten while the site stood still has the whole time to answer all the same.
    member.verified_until = max(member.verified_until, now + timedelta(days=settings.RENEWAL_DAYS))
    member.renewal_asked_at = now
    member.save(update_fields=["verified_until", "renewal_asked_at"])
    _write(
        member,
        "account_renewal",
        until=member.verified_until,
        renewal_url=f"{settings.BASE_URL}{reverse('renew_verification', args=[renewal_token(member)])}",
    )
    return True


def member_of_renewal(token):
    """The member who was asked with this token while the address was theirs, or None."""
    try:
        pk, email = signing.loads(token, salt=_SALT, max_age=timedelta(days=settings.VERIFICATION_DAYS))
    except signing.BadSignature:
        return None
    return Member.objects.filter(pk=pk, email__iexact=email, is_active=True).first()


@transaction.atomic
def renew_verification(token):
    """The address of this token is still read by its member: verified for another time. Returns the member.

    None where the token proves nothing: not the site's own, or of an address given up since, or of an
    institution that the network doesn't know any more.
    """
    member = member_of_renewal(token)
    if member is None or verify_by_domain(member, email=member.email) is None:
        return None
    return member


def lapse_verifications(now=None):
    """End the verifications that were asked for and not renewed in time; returns how many."""
    now = now or timezone.now()
    lapsed = Member.objects.lapsed(now).order_by("verified_until")[:500]
    return sum(_lapse(member, now) for member in list(lapsed))


@transaction.atomic
def _lapse(member, now):
    # Renewed a moment ago, it holds.
    if not Member.objects.lapsed(now).filter(pk=member.pk).select_for_update(of=("self",)).exists():
        return False
    end_verification(member)
    _write(
        member,
        "account_lapsed",
        renewal_url=f"{settings.BASE_URL}{reverse('renew_verification', args=[renewal_token(member)])}",
    )
    return True


def _write(member, template, **context):
    mail.queue(
        to=member.email,
        language=member.language,
        template=template,
        context={"member": member, "days": settings.VERIFICATION_DAYS, **context},
        recipient=member,
    )
