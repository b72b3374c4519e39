"""Who may do what with accounts, profiles and institutions."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import HIDDEN, YES, no

from .models import ADMINISTRATOR, Member


def can_manage_members(member):
    """Accounts and institutions are the administrators' business; moderators decide on cases."""
    if member.is_authenticated and member.is_administrator:
        return YES
    return no(_("Only administrators manage accounts and institutions."))


can_manage_institutions = can_manage_members


def can_enter_admin(member):
    """Editors, moderators and administrators have the administration."""
    if member.is_authenticated and member.is_verified and member.has_perm("wagtailadmin.access_admin"):
        return YES
    return no(_("The administration is for editors, moderators and administrators."))


def can_verify_member(actor, member):
    """An administrator vouches for who waits; nobody for themselves."""
    if actor.pk == member.pk:
        return no(_("You can't verify yourself."))
    if member.status != Member.Status.PENDING:
        return no(_("This account doesn't wait for verification."))
    return can_manage_members(actor)


def can_deactivate_member(actor, member):
    """Not oneself, not what is gone, and never the last administrator."""
    if actor.pk == member.pk:
        return no(_("You can't deactivate your own account."))
    if not member.is_active:
        return no(_("This account is closed already."))
    if _is_last_administrator(member):
        return no(_("This is the last administrator: name another one first."))
    return can_manage_members(actor)


def can_restore_member(actor, member):
    """Only what was deactivated comes back: what was erased is gone."""
    if member.status != Member.Status.DEACTIVATED:
        return no(_("Only a deactivated account can be restored."))
    return can_manage_members(actor)


def can_set_roles(actor, member, roles=None):
    """Roles are for verified members; nobody takes the administrator's role from themselves."""
    if not member.is_verified:
        return no(_("Only an active member can have a role."))
    if roles is not None and ADMINISTRATOR not in roles and ADMINISTRATOR in member.roles:
        if actor.pk == member.pk:
            return no(_("You can't take the administrator's role from yourself."))
        if _is_last_administrator(member):
            return no(_("This is the last administrator: name another one first."))
    return can_manage_members(actor)


def _is_last_administrator(member):
    return member.is_administrator and not Member.objects.administrators().exclude(pk=member.pk).exists()


def can_request_archive(actor, kind):
    """Have a file made of what is one's own: always, whatever stands against the member."""
    if not actor.is_authenticated or not actor.is_active:
        return no(_("Log in to get what is yours."))
    return YES if kind and kind.offered_to(actor) else HIDDEN


def can_fetch_archive(actor, archive):
    """One's own alone, while it is kept; administrators have no door to it either."""
    if not actor.is_authenticated or archive.member_id != actor.pk:
        return HIDDEN
    if archive.state != archive.State.READY or archive.expires_at <= timezone.now():
        return HIDDEN
    return YES


def can_leave_network(actor, member):
    """Leave, suspended or not; the last administrator hands over first."""
    if not actor.is_authenticated or actor.pk != member.pk or not member.is_active:
        return no(_("Only you can leave in your name."))
    if _is_last_administrator(member):
        return no(_("You are the last administrator: give this role to somebody else first."))
    return YES


def can_edit_profile(actor, member):
    """One's own alone: nobody edits another's words."""
    if actor.is_authenticated and actor.pk == member.pk and member.is_active:
        return YES
    return no(_("You can only change your own profile."))


def can_see_portrait(viewer, member):
    """A face is shown to verified members, to oneself, and to everybody on words said in public.

    Who hasn't said anything in public is not shown to who isn't of the network.
    """
    if member.is_erased or not member.photo:
        return HIDDEN
    if viewer.is_authenticated and (viewer.is_verified or viewer.pk == member.pk):
        return YES
    if member.contributions.visible_to(AnonymousUser()).exists():
        return YES
    return HIDDEN
