"""Who may do what with blogs. What is said in them is for `conversation.permissions`."""

from django.utils.translation import gettext_lazy as _

from network.conversation.permissions import can_contribute, can_edit_contribution, can_read_space
from network.core.answers import HIDDEN, YES, no


def can_start_blog(member):
    """Begin a blog of one's own: whoever may say something."""
    return can_contribute(member)


def can_change_blog(member, blog):
    """Change its title, presentation and readers: its owner, while they take part."""
    if not (answer := can_read_space(member, blog)):
        return answer
    if not member.is_authenticated or blog.owner_id != member.pk:
        return no(_("Only its owner changes a blog."))
    return can_contribute(member)


def can_change_post(member, post):
    """Change its address, its comments, its series: whoever may correct its words."""
    return can_edit_contribution(member, post)


def can_inspect_blogs(member):
    """Look through the blogs in the administration: administrators and moderators."""
    if not member or not member.is_authenticated or not member.is_verified:
        return HIDDEN
    if member.is_administrator or member.is_moderator:
        return YES
    return no(_("Administrators and moderators look through the blogs here."))
