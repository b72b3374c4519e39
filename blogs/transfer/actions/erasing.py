"""What becomes of a blog when its owner is erased."""

from django.db import transaction

from network.core.audit import forget_names
from network.members.actions.leaving import FORMER

from ...models import Blog
from ..models import Import


def blank_blog(member):
    """The blog no longer says whose it was; posts that others answered stay in it. Says whether there was one."""
    blog = Blog.objects.of(member)
    if blog is None:
        return False
    blog.title, blog.description = FORMER, ""
    blog.save(update_fields=["title", "description"])
    forget_names(blog)
    forget_names(blog.space_ptr)
    return True


def forget_imports(member):
    """Files of posts that the member sent, and what was read in them; returns how many."""
    sent = list(Import.objects.filter(member=member))
    for batch in sent:
        if batch.file:
            transaction.on_commit(lambda stored=batch.file: stored.storage.delete(stored.name))
    Import.objects.filter(member=member).delete()
    return len(sent)
