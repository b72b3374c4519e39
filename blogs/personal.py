"""What this app holds of a member: their blog's own words. Posts are contributions."""

from network.members.holdings import Holding, register, rows

from .models import Blog, Post
from .transfer.actions.erasing import blank_blog


def collect(member):
    """The blog's presentation, and what of posts only blogs know."""
    return {
        "blog": rows(
            Blog.objects.filter(owner=member),
            "slug",
            "title",
            "description",
            "visibility",
            "languages",
            "created_at",
        ),
        "posts": rows(Post.objects.filter(author=member), "id", "series", "translation_of"),
    }


register(Holding("blogs", collect, erase=blank_blog))
