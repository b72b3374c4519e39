"""Reads of what comes and goes."""

from django.db import models

from network.conversation.models import Attachment

from ..models import Post


def posts_to_take_along(blog):
    """Everything that the owner wrote in the blog, drafts included, the oldest first, with all that it carries."""
    return (
        Post.objects.filter(space=blog, author=blog.owner_id)
        .select_related("space", "audience_space", "institution", "cover")
        .prefetch_related("tags", "edits")
        .order_by("pk")
        .iterator(chunk_size=200)
    )


def files_of(blog):
    """The files of those posts."""
    return (
        Attachment.objects.filter(contribution__space=blog, contribution__kind="post", owner=blog.owner_id)
        .order_by("pk")
        .iterator()
    )


class ImportQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own; the newest first."""
        return self.filter(member=member).order_by("-pk") if member.is_authenticated else self.none()

    def under_way(self):
        """Being read, or coming in."""
        return self.filter(state__in=["reading", "running"])


class ImportItemQuerySet(models.QuerySet):
    def counts(self):
        """How many have each outcome, by its code."""
        found = self.order_by().values_list("outcome").annotate(number=models.Count("pk"))
        return dict(found)

    def for_list(self):
        """With the address of what came in."""
        return self.select_related("post__space")
