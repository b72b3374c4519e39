"""Who may bring posts along."""

from django.utils.translation import gettext_lazy as _

from network.conversation.permissions import can_write_in_space
from network.core.answers import HIDDEN, YES, no

from ..models import Blog
from ..permissions import can_start_blog


def can_import_posts(member):
    """Bring posts into one's own blog, or begin it with them: whoever may write there."""
    if not member.is_authenticated:
        return can_start_blog(member)
    blog = Blog.objects.of(member)
    return can_write_in_space(member, blog) if blog else can_start_blog(member)


def can_see_import(member, batch):
    """One's own alone."""
    return YES if member.is_authenticated and batch.member_id == member.pk else HIDDEN


can_start_import = can_see_import


def can_drop_import(member, batch):
    """Let go of a file that isn't being read or taken in."""
    if not (answer := can_see_import(member, batch)):
        return answer
    return no(_("It is under way: wait until it is done.")) if batch.is_under_way else YES
