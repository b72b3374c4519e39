"""What this app holds of a member: files that they sent; and the archives of their blog."""

from django.utils.translation import gettext_lazy as _

from network.members.archives import Kind
from network.members.archives import register as register_archive
from network.members.holdings import Holding, register, rows

from ..models import Blog
from .actions.erasing import forget_imports
from .export import write_markdown, write_wordpress
from .models import Import


def _has_blog(member):
    return Blog.objects.of(member) is not None


register(
    Holding(
        "imports",
        lambda member: rows(Import.objects.filter(member=member), "name", "state", "created_at"),
        erase=forget_imports,
    )
)
register_archive(
    Kind(
        code="blog_markdown",
        label=_("Your blog as Markdown"),
        explanation=_(
            "A zip with a text file for each post, drafts included, and the pictures and files that they show. "
            "Any editor opens it, and other blogs take it in."
        ),
        write=write_markdown,
        name="boucle-blog-markdown.zip",
        offered_to=_has_blog,
    )
)
register_archive(
    Kind(
        code="blog_wordpress",
        label=_("Your blog for WordPress"),
        explanation=_("A zip with an export file (WXR) that WordPress takes in, and the pictures."),
        write=write_wordpress,
        name="boucle-blog-wordpress.zip",
        offered_to=_has_blog,
    )
)
