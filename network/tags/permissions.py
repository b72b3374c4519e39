"""Who may do what with tags."""

from django.utils.translation import gettext_lazy as _

from network.core.answers import YES, no


def can_name_tag(member, tag):
    """Say what a tag is called: administrators do, for everybody."""
    administers = member and member.is_authenticated and member.is_administrator
    return YES if administers else no(_("Only administrators name tags."))


def can_follow_tag(member, tag):
    """Members who take part follow tags."""
    takes_part = member and member.is_authenticated and member.is_verified
    return YES if takes_part else no(_("Only verified members follow tags."))
