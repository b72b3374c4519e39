"""Leaving the network: days in which one may come back, then what is personal is erased."""

from copy import copy
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from network.core import mail
from network.core.answers import require
from network.core.audit import forget_names, record
from network.tags.models import TagFollow

from .. import holdings
from ..handles import follow_all
from ..models import Archive, Expertise, FormerHandle, Member, Spokesperson
from ..permissions import can_leave_network
from .accounts import end_sessions
from .archives import forget_archives

# What a former member is called where no template says it in the reader's language.
FORMER = "Former member"
# What stays of the row: who it was is told by none of it.
BLANK = {
    "name": FORMER,
    "job_title": "",
    "institution": None,
    "unit": "",
    "bio": "",
    "languages": [],
    "photo": "",
    "links": [],
    "language": Member._meta.get_field("language").default,
    "time_zone": Member._meta.get_field("time_zone").default,
    "is_active": False,
    "is_superuser": False,
    "last_login": None,
    "verified_at": None,
    "verified_by": "",
    "verified_until": None,
    "renewal_asked_at": None,
    "leaving_at": None,
    "status": Member.Status.ERASED,
}


@transaction.atomic
def leave_network(member, *, actor):
    """Leave: logged out everywhere, out of the directory at once, erased after `LEAVING_DAYS`.

    Says whether that is new. Logging in before brings everything back.
    """
    list(Member.objects.administrators().select_for_update(of=("self",)).values_list("pk"))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    require(can_leave_network(actor, locked))
    if locked.leaving_at:
        return False
    locked.leaving_at = member.leaving_at = timezone.now() + timedelta(days=settings.LEAVING_DAYS)
    locked.save(update_fields=["leaving_at"])
    end_sessions(locked)
    record(actor, "leave_network", locked)
    _write(
        locked,
        "account_leaving",
        until=locked.leaving_at,
        login_url=f"{settings.BASE_URL}{reverse('account_login')}",
    )
    return True


@transaction.atomic
def return_to_network(member):
    """Who left has come back before the end of their time; says whether they had left."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.leaving_at is None or locked.is_erased:
        return False
    locked.leaving_at = member.leaving_at = None
    locked.save(update_fields=["leaving_at"])
    record(locked, "return_to_network", locked)
    return True


@transaction.atomic
def erase_member(member, *, now=None):
    """Make nobody of a member who left and whose time for coming back is over; says whether that is new.

    What they said stays where others answered it, by a former member. The last letter goes to their address.
    """
    now = now or timezone.now()
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.is_erased or locked.leaving_at is None or locked.leaving_at > now:
        return False
    before = copy(locked)
    # The outer apps' parts first: they still read who it was.
    for holding in reversed(holdings.registered()):
        holding.erase(locked)
    _write(before, "account_erased")
    record(None, "erase_member", locked)
    return True


def erase_account(member):
    """This app's own part: the row becomes a tombstone, and whatever hangs on it and is personal goes."""
    end_sessions(member)
    for model in (EmailAddress, Authenticator, SocialAccount, UserProfile):
        model.objects.filter(user=member).delete()
    for model in (FormerHandle, Spokesperson, TagFollow):
        model.objects.filter(member=member).delete()
    Expertise.objects.filter(content_object=member).delete()
    forget_archives(Archive.objects.filter(member=member))
    if member.photo:
        transaction.on_commit(lambda stored=member.photo.name: storage.delete(stored))
        storage = member.photo.storage
    member.groups.clear()
    member.user_permissions.clear()
    for field, value in BLANK.items():
        setattr(member, field, value)
    member.email = f"former-member-{member.pk}@erased.invalid"
    member.handle = f"former-member-{member.pk}"
    member.set_unusable_password()
    # The count of contributions was moved meanwhile, by what the outer apps deleted.
    member.save(update_fields=[*BLANK, "email", "handle", "password", "follower_count"])
    follow_all(member)
    forget_names(member)


def _write(member, template, **context):
    mail.queue(
        to=member.email,
        language=member.language,
        template=template,
        context={"member": member, **context},
        # Without a recipient, the letter also leaves when the account is gone meanwhile.
        recipient=None,
    )
