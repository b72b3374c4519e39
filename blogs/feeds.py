"""The posts that anyone on the web may read, for feed readers. Other blogs have no feed: the answer is 404."""

from django.contrib.syndication.views import Feed
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from .models import Blog
from .querysets import posts_for_feed


def _public_blog(handle):
    return get_object_or_404(Blog.objects.at(handle).public())


def _author_of(post):
    if post.institution:
        return post.institution.display_name
    return _("Former member") if post.author.is_erased else post.author.name


class PostsFeed(Feed):
    """As Atom."""

    feed_type = Atom1Feed

    def get_object(self, request, handle):
        return _public_blog(handle)

    def title(self, blog):
        return blog.title

    def subtitle(self, blog):
        return blog.description

    def link(self, blog):
        return blog.get_absolute_url()

    def author_name(self, blog):
        return _("Former member") if blog.owner.is_erased else blog.owner.name

    def feed_url(self, blog):
        return reverse("blogs:feed", args=[blog.slug])

    def items(self, blog):
        return posts_for_feed(blog)

    def item_title(self, post):
        return post.title

    def item_description(self, post):
        return post.summary or post.excerpt

    def item_author_name(self, post):
        return _author_of(post)

    def item_pubdate(self, post):
        return post.released_at

    def item_updateddate(self, post):
        return post.edited_at or post.released_at

    def item_categories(self, post):
        return [tag.label for tag in post.tags.all()]


@require_safe
@conditional_page
def json_feed(request, handle):
    """As JSON Feed 1.1."""
    blog = _public_blog(handle)
    absolute = request.build_absolute_uri
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": blog.title,
        "description": blog.description,
        "language": blog.languages[0] if blog.languages else "fr",
        "authors": [{"name": _("Former member") if blog.owner.is_erased else blog.owner.name}],
        "home_page_url": absolute(blog.get_absolute_url()),
        "feed_url": absolute(reverse("blogs:json_feed", args=[blog.slug])),
        "items": [_item(post, absolute) for post in posts_for_feed(blog)],
    }
    return JsonResponse(feed, content_type="application/feed+json")


def _item(post, absolute):
    address = absolute(post.get_absolute_url())
    item = {
        "id": address,
        "url": address,
        "title": post.title,
        "content_text": post.summary or post.excerpt,
        "language": post.language,
        "date_published": post.released_at.isoformat(),
        "date_modified": (post.edited_at or post.released_at).isoformat(),
        "authors": [{"name": _author_of(post)}],
        "tags": [tag.label for tag in post.tags.all()],
    }
    if post.cover_id:
        item["image"] = absolute(post.cover_url)
    return item


posts_feed = conditional_page(PostsFeed())
