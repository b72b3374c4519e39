"""Reads of blogs and posts."""

from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from network.conversation.models import Contribution, Space, TaggedContribution
from network.conversation.querysets import ContributionQuerySet, SpaceQuerySet, spaces_of
from network.core.numbers import whole_number
from network.core.paging import newest_first
from network.tags.models import Tag

# How long a blog is among the new voices, in days, and how many of them are shown.
NEW_FOR = 60
MOST_NEW = 5
MOST_RELATED = 3
# Among how many of the newest under each of its tags they are looked for.
LOOKED_AT = 60
IN_FEED = 30


class BlogQuerySet(SpaceQuerySet):
    def listed(self, member, *, language="", tag=""):
        """Blogs that the member may read and in which something was published, in a language (its code),
        under a tag (its slug): the blog's own, or one of a post that the member may read.
        """
        queryset = self.filter(kind=Space.Kind.BLOG, root_count__gt=0).visible_to(member)
        if language:
            queryset = queryset.filter(languages__contains=[language])
        if tag:
            tags = Tag.objects.filter(Q(slug=tag) | Q(merged__slug=tag)).values("pk")
            posts = Contribution.objects.roots().visible_to(member).filter(tagged_items__tag__in=tags)
            queryset = queryset.filter(
                Q(pk__in=Space.objects.filter(tagged_items__tag__in=tags).values("pk"))
                | Q(pk__in=posts.filter(released_at__isnull=False).values("space"))
            )
        return queryset

    def directory(self, member, cursor="", **narrowed):
        """One page of what is listed, the most recently active first, each with `newest`: its newest post
        that the member may read, or None.
        """
        posts = published(Contribution.objects.filter(space=OuterRef("pk")), member)
        blogs = (
            self.listed(member, **narrowed)
            .annotate(newest_post=Subquery(posts.order_by("-released_at", "-pk").values("pk")[:1]))
            .select_related("owner__institution")
            .prefetch_related("tags")
        )
        piece = newest_first(blogs, cursor, by="last_activity_at")
        keys = [blog.newest_post for blog in piece if blog.newest_post]
        newest = Contribution.objects.filter(pk__in=keys).for_cards().prefetch_related(None).in_bulk()
        for blog in piece:
            blog.newest = newest.get(blog.newest_post)
        return piece

    def new_voices(self, member):
        """The newest blogs that the member may read."""
        since = timezone.now() - timedelta(days=NEW_FOR)
        return (
            self.listed(member)
            .filter(created_at__gte=since)
            .select_related("owner__institution")
            .order_by("-created_at", "-pk")[:MOST_NEW]
        )

    def at(self, handle):
        """The blog at this address, as a queryset."""
        return self.filter(kind=Space.Kind.BLOG, slug=handle).select_related("owner__institution")

    def public(self):
        """Blogs that anyone on the web may read."""
        return self.filter(visibility=Space.Visibility.PUBLIC)

    def formerly_at(self, handle):
        """The blog whose owner had this handle before, or None."""
        return self.filter(owner__former_handles__handle=handle).select_related("owner").first()

    def for_administration(self, member):
        """Blogs that the member may read, with what their lists show."""
        return self.visible_to(member).select_related("owner")

    def of(self, member):
        """The member's own blog, or None."""
        return self.filter(owner=member).first()


class PostQuerySet(ContributionQuerySet):
    def for_page(self, handle, slug, member):
        """The post at this address, if the member may read it, with all that its page shows; or None."""
        return (
            self.filter(space__slug=handle, space__kind=Space.Kind.BLOG, slug=slug)
            .visible_to(member)
            .select_related(
                "space", "author__institution", "institution", "thread", "audience_space", "cover"
            )
            .prefetch_related("tags")
            .first()
        )

    def for_administration(self, member):
        """Released posts that the member may read as anyone may, with what their lists show."""
        return self.filter(released_at__isnull=False).visible_to(member).select_related("author", "space")

    def draft_of(self, member, key):
        """The member's own draft of a post with this primary key (or what stands for one), or None."""
        key = whole_number(key)
        if key is None:
            return None
        return (
            self.drafts_of(member)
            .filter(pk=key)
            .select_related("space", "audience_space", "cover")
            .prefetch_related("tags")
            .first()
        )


def published(contributions, member):
    """Those of them that are released posts and that the member may read."""
    return contributions.filter(kind=Contribution.Kind.POST, released_at__isnull=False).visible_to(member)


def posts_of(blog, member, cursor="", languages=()):
    """One page of a blog's posts in these languages as the member may read them, the newest first."""
    posts = published(Contribution.objects.filter(space=blog), member).in_languages(languages, member)
    return newest_first(posts.for_cards(), cursor)


def posts_for_feed(blog):
    """The newest posts of a blog that anyone on the web may read."""
    posts = published(Contribution.objects.filter(space=blog), None).for_cards()
    return posts.order_by("-released_at", "-pk")[:IN_FEED]


def related_posts(post, member):
    """The newest other posts under one of its tags that the member may read. `tags` is prefetched."""
    tags = [tag.pk for tag in post.tags.all()]
    if not tags:
        return []
    # A tag may be that of everything: no more than the newest under each are looked at.
    newest = [
        TaggedContribution.objects.filter(tag=tag)
        .order_by("-content_object")
        .values("content_object")[:LOOKED_AT]
        for tag in tags
    ]
    near = newest[0].union(*newest[1:], all=True)
    others = published(Contribution.objects.filter(pk__in=near), member).exclude(pk=post.pk)
    others = others.select_related("space").only(
        "title",
        "slug",
        "language",
        "released_at",
        "kind",
        "space_kind",
        "root",
        "space__slug",
        "space__title",
    )
    return list(others.order_by("-released_at", "-pk")[:MOST_RELATED])


def possible_audiences(member):
    """Groups of the member to which they may narrow a post."""
    groups = Space.objects.groups().filter(pk__in=spaces_of(member), archived_at=None)
    return list(groups.order_by("title", "pk").only("title", "visibility", "kind")[:100])
