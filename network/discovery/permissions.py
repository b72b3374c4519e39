"""Who may look members up."""

from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution
from network.core.answers import HIDDEN, YES, no


def can_see_directory(member):
    """The directory is for those who are in it."""
    if member.is_authenticated and member.is_verified:
        return YES
    return no(_("Verified members see who else takes part. Your account isn't verified yet."))


def can_see_profile(viewer, member):
    """A profile is the network's; to others, who speaks in public is no secret.

    Verified members see everybody who ever took part, an erased member as a former one. Others see the
    member only who has said something that they may read, and then only what stands beside those words.
    """
    if viewer.is_authenticated and (viewer.pk == member.pk or viewer.is_verified):
        return HIDDEN if member.status == member.Status.PENDING and viewer.pk != member.pk else YES
    if member.is_erased or not member.is_active:
        return HIDDEN
    speaks = Contribution.objects.filter(author=member).released().visible_to(viewer).exists()
    return YES if speaks else HIDDEN


def can_see_whole_profile(viewer, member):
    """Unit, expertise, languages, links and groups as well."""
    whole = viewer.is_authenticated and (viewer.pk == member.pk or viewer.is_verified)
    return YES if whole and not member.is_erased else no(_("Verified members see the whole profile."))
