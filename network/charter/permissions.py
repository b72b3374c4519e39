"""Who may do what with the charter."""

from django.utils.translation import gettext_lazy as _

from network.core.answers import HIDDEN, YES, no


def can_see_version(member, version):
    """What was published is public; drafts are the administrators'."""
    if version.state != version.State.DRAFT or can_manage_charter(member):
        return YES
    return HIDDEN


def can_manage_charter(member):
    """Administrators prepare, publish and put in force."""
    if member.is_authenticated and member.is_administrator:
        return YES
    return no(_("Only administrators prepare the charter."))


def can_edit_version(member, version):
    """Only a draft can still be changed: a published text stays as it is."""
    if version.state != version.State.DRAFT:
        return no(_("A published version can't be changed. Prepare a new one instead."))
    return can_manage_charter(member)


def can_publish_version(member, version):
    """A draft, by an administrator."""
    if version.state != version.State.DRAFT:
        return no(_("This version is published already."))
    return can_manage_charter(member)


def can_put_in_force(member, version):
    """A published version that was never in force: what was superseded comes back as a new version."""
    if version.state != version.State.PUBLISHED:
        return no(_("Only a published version that was never in force can be put in force."))
    return can_manage_charter(member)


def can_announce_version(member, version):
    """A published version that isn't in force yet."""
    if version.state != version.State.PUBLISHED:
        return no(_("Only a published version that was never in force can be announced."))
    return can_manage_charter(member)


def can_export_acceptances(member):
    """Who accepted what is personal: for administrators alone."""
    return can_manage_charter(member)


def can_accept_charter(member, version):
    """Any account that isn't closed, and the version in force alone."""
    if not member.is_active:
        return no(_("This account is closed."))
    if version.state != version.State.IN_FORCE:
        return no(_("This version of the charter isn't in force. Please read the one that is."))
    return YES
