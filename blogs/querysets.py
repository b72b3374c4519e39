"""Reads of blogs and posts."""

from datetime import timedelta
from types import SimpleNamespace

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.conversation.models import Contribution, Space, TaggedContribution
from network.conversation.permissions import can_read_on
from network.conversation.querysets import ContributionQuerySet, SpaceQuerySet, spaces_of
from network.core.numbers import whole_number
from network.core.paging import newest_first
from network.tags.models import Tag

# How long a blog is among the new voices, in days, and how many of them are shown.
NEW_FOR = 60
MOST_NEW = 5
MOST_RELATED = 3
MOST_PARTS = 50
# Among how many of the newest under each of its tags they are looked for.
LOOKED_AT = 60
IN_FEED = 30
# What a link to a post needs.
_LINK = (
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


def _tags_meant(slug, name):
    """Keys of the tags that an address (its slug) and a reader (one of its names) mean: none, one or two sets."""
    if slug:
        yield Tag.objects.filter(Q(slug=slug) | Q(merged__slug=slug)).values("pk")
    if name:
        yield Tag.objects.named_like(name).order_by().values("pk")


class BlogQuerySet(SpaceQuerySet):
    def listed(self, member, *, language="", tag="", institution=None, theme=""):
        """Blogs that the member may read and in which something was published, in a language (its code), by
        somebody of an institution, under a tag (its slug, or as a theme one of its names): the blog's own, or
        one of a post that the member may read.
        """
        queryset = self.filter(kind=Space.Kind.BLOG, root_count__gt=0).visible_to(member)
        if language:
            queryset = queryset.filter(languages__contains=[language])
        if institution:
            queryset = queryset.filter(owner__institution=institution)
        for tags in _tags_meant(tag, theme):
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

    def has_begun(self, blog):
        """Was something published in the blog, or is to be? Before, its owner may choose its readers anew."""
        known = Q(published_at__isnull=False) | Q(was_released_at__isnull=False)
        return blog is not None and Contribution.objects.filter(known, space=blog.pk).exists()


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
            .annotate(is_translated=Exists(self.model.objects.filter(translation_of=OuterRef("pk"))))
            .first()
        )

    def for_administration(self, member):
        """Released posts that the member may read as anyone may, with what their lists show."""
        return self.filter(released_at__isnull=False).visible_to(member).select_related("author", "space")

    def own_released(self, member, key):
        """The member's own published post with this primary key (or what stands for one), or None."""
        key = whole_number(key)
        return key and self.released().filter(author=member, pk=key).prefetch_related("tags").first()

    def possible_originals(self, post):
        """The author's other published posts in other languages, of which this one may be a translation."""
        others = self.released().filter(author=post.author_id, translation_of=None)
        return others.exclude(pk=post.pk).exclude(language=post.language).order_by("-released_at", "-pk")

    def formerly_at(self, blog, slug, member):
        """The post that had this address in the blog before, if the member may read it; or None."""
        return (
            self.filter(former_slugs__blog=blog, former_slugs__slug=slug)
            .visible_to(member)
            .select_related("space", "root")
            .first()
        )

    def was_withdrawn(self, blog, slug, member):
        """Did the member lose sight of the post at this address because its author took it back?"""
        post = (
            self.filter(space=blog.pk, slug=slug, was_released_at__isnull=False, released_at=None)
            .select_related("space", "audience_space")
            .first()
        )
        return bool(post and post.moderation == "clear" and can_read_on(member, post))

    def draft_of(self, member, key):
        """The member's own draft of a post with this primary key (or what stands for one), or None.

        One that was thrown away meanwhile is given too: who writes on in it brings it back.
        """
        key = whole_number(key)
        if key is None:
            return None
        return (
            self.filter(author=member, published_at=None, pk=key)
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


def neighbours_of(post, member):
    """What leads on from a post as far as the member may read it, in one query: the same in other languages
    (`translations`), the parts of its series with itself among them (`parts`), the newest others under one of
    its tags (`related`). The post comes from `for_page`.
    """
    original = post.translation_of_id or post.pk
    pools = [
        pool.values("pk")
        for pool in (
            _translations(post, original, member),
            _series(post, member),
            _under_its_tags(post, original, member),
        )
        if pool is not None
    ]
    found = []
    if pools:
        found = list(
            Contribution.objects.filter(pk__in=pools[0].union(*pools[1:], all=True))
            .annotate(series=F("post__series"), original=Coalesce("post__translation_of", "pk"))
            .select_related("space")
            .only(*_LINK)
            .order_by("released_at", "pk")
        )
    others = [other for other in found if other.pk != post.pk]
    same = [other for other in others if other.original == original]
    parts = [
        part for part in found if post.series and (part.space_id, part.series) == (post.space_id, post.series)
    ]
    known = {other.pk for other in (*same, *parts)}
    related = [other for other in reversed(others) if other.pk not in known]
    return SimpleNamespace(
        translations=sorted(same, key=lambda other: (other.language, other.pk)),
        parts=_one_of_each(parts, post),
        # Those in the language that one is reading come first.
        related=sorted(related, key=lambda other: other.language != post.language),
    )


def _translations(post, original, member):
    from .models import Post

    if not (post.translation_of_id or post.is_translated):
        return None
    # Looked for in the small table: across two of them, no index answers "or".
    keys = Post.objects.filter(Q(pk=original) | Q(translation_of=original))
    return published(Contribution.objects.filter(pk__in=keys.values("pk")), member)


def _series(post, member):
    if not post.series:
        return None
    same = published(Contribution.objects.filter(space=post.space_id, post__series=post.series), member)
    return same.order_by("released_at", "pk")[:MOST_PARTS]


def _under_its_tags(post, original, member):
    """The newest under its tags, which the page names nowhere else. `tags` is prefetched."""
    tags = [tag.pk for tag in post.tags.all()]
    if not tags:
        return None
    # A tag may be that of everything: no more than the newest under each are looked at.
    newest = [
        TaggedContribution.objects.filter(tag=tag)
        .order_by("-content_object")
        .values("content_object")[:LOOKED_AT]
        for tag in tags
    ]
    near = newest[0].union(*newest[1:], all=True)
    others = published(Contribution.objects.filter(pk__in=near), member)
    others = others.exclude(pk__in={post.pk, original}).exclude(post__translation_of=original)
    if post.series:
        others = others.exclude(space=post.space_id, post__series=post.series)
    others = others.alias(same=Case(When(language=post.language, then=0), default=1))
    return others.order_by("same", "-released_at", "-pk")[:MOST_RELATED]


def _one_of_each(parts, post):
    """Each part of a series once, in the language of the post where it is offered in several; none for one alone."""
    versions = {}
    for part in parts:
        versions.setdefault(part.original, []).append(part)
    chosen = [
        min(same, key=lambda part: (part.pk != post.pk, part.language != post.language))
        for same in versions.values()
    ]
    return chosen if len(chosen) > 1 else []


def in_own_language(post, translations, member):
    """The translation that a member reads who doesn't read the language of the post, or None."""
    if not member.is_authenticated or post.author_id == member.pk:
        return None
    reads = member.languages or [member.language]
    if post.language in reads:
        return None
    return next((other for code in reads for other in translations if other.language == code), None)


def possible_audiences(member):
    """Groups of the member to which they may narrow a post."""
    groups = Space.objects.groups().filter(pk__in=spaces_of(member), archived_at=None)
    return list(groups.order_by("title", "pk").only("title", "visibility", "kind")[:100])
