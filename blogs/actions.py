"""Every change of state of blogs and of what is published in them."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversation.actions import (
    enter_space,
    locked,
    open_replies,
    post_contribution,
    save_draft,
    tag_space,
)
from network.conversation.actions.writing import TAKEN_SLUGS
from network.conversation.models import Attachment, Contribution, Membership, Space
from network.conversation.permissions import can_write_in_space, forget_membership
from network.core.answers import require
from network.core.refusals import Refused
from network.members.models import Member

from .models import Blog, FormerSlug, Post
from .permissions import can_change_blog, can_change_post, can_start_blog


@transaction.atomic
def open_blog(*, actor, title="", visibility=Blog.Visibility.NETWORK, languages=None):
    """The actor's blog, begun with these choices unless there is one already: it then stays as it is."""
    require(can_start_blog(actor))
    # One row to wait for, so that two first posts sent at once share one blog.
    owner = Member.objects.select_for_update().get(pk=actor.pk)
    if blog := Blog.objects.of(owner):
        return blog
    blog = Blog.objects.create(
        kind=Space.Kind.BLOG,
        owner=owner,
        slug=owner.handle,
        title=title or owner.name,
        visibility=visibility,
        languages=languages or [owner.language],
        last_activity_at=timezone.now(),
    )
    enter_space(blog, actor, role=Membership.Role.OWNER)
    return blog


@transaction.atomic
def change_blog(blog, *, actor, tag_names=None, **fields):
    """Change what a blog says of itself (title, description, languages) and who reads it.

    Says whether anything changed. When it opens to the web, what was published until then stays with those
    it was published for: comments were written for them.
    """
    Space.objects.select_for_update().get(pk=blog.pk)
    fresh = Blog.objects.get(pk=blog.pk)
    require(can_change_blog(actor, fresh))
    changed = [name for name, value in fields.items() if getattr(fresh, name) != value]
    for name in changed:
        setattr(fresh, name, fields[name])
    if changed:
        fresh.save(update_fields=changed)
    if "visibility" in changed and fresh.visibility == Blog.Visibility.PUBLIC:
        Contribution.objects.filter(
            space=fresh.pk, audience=Contribution.Audience.SPACE, published_at__isnull=False
        ).update(audience=Contribution.Audience.NETWORK)
    language = fresh.languages[0] if fresh.languages else actor.language
    retagged = tag_names is not None and tag_space(fresh, tag_names, language=language)
    return bool(changed or retagged)


@transaction.atomic
def write_post(post, *, actor, tag_names=(), cover_alt="", publish=False, at=None, seen=None):
    """Keep a post as a draft, or publish it: released after the seconds for thinking, or at the moment `at`.

    The instance, unsaved or a draft, carries space, title, summary, body, cover and the other choices;
    `cover_alt` says what its cover shows, `seen` which version of the draft its author started from. The
    form sent twice is one post. Refuses like `save_draft` and `post_contribution`.
    """
    forget_membership(actor, post.space)
    require(can_write_in_space(actor, post.space))
    post.kind = Contribution.Kind.POST
    if post.published_at is None and post.was_released_at is None:
        # Its address follows its title until others know it.
        post.slug = ""
    if post.cover_id:
        Attachment.objects.filter(pk=post.cover_id, owner=actor).update(alt=cover_alt)
    if publish:
        return post_contribution(post, actor=actor, tag_names=tag_names, at=at, seen=seen)
    return save_draft(post, actor=actor, tag_names=tag_names, seen=seen)


@transaction.atomic
def write_first_post(post, *, actor, blog, **words):
    """Write into the actor's blog that nothing was published in yet; it begins, or changes, with these choices.

    `blog` holds those of `open_blog`, `words` are those of `write_post`, and so is what is refused. Both or
    neither happens.
    """
    own = open_blog(actor=actor, **blog)
    if not Blog.objects.has_begun(own):
        change_blog(own, actor=actor, title=blog["title"], visibility=blog["visibility"])
    post.space = own.space_ptr
    return write_post(post, actor=actor, **words)


@transaction.atomic
def change_post(post, *, actor, slug, replies_closed, series, translation_of):
    """Change a post's address (the former one leads to it still), its comments, its series, what it translates.

    Returns the post as it is now. Raises Refused for an address that another post of the blog has.
    """
    base = locked(post)
    fresh = Post.objects.select_related("space", "author").get(pk=base.pk)
    require(can_change_post(actor, fresh))
    if slug != fresh.slug:
        _move_post(fresh, slug)
    fresh.series, fresh.translation_of = series, translation_of
    fresh.save(update_fields=["slug", "series", "translation_of"])
    open_replies(fresh, actor=actor, are_open=not replies_closed)
    return fresh


def _move_post(post, slug):
    taken = _("Another post of your blog has this address.")
    if slug in TAKEN_SLUGS:
        raise Refused(taken)
    blog = Blog.objects.get(pk=post.space_id)
    if post.released_at or post.was_released_at:
        FormerSlug.objects.update_or_create(blog=blog, slug=post.slug, defaults={"post": post})
    FormerSlug.objects.filter(blog=blog, slug=slug).delete()
    post.slug = slug
    try:
        with transaction.atomic():
            post.save(update_fields=["slug"])
    except IntegrityError as error:
        raise Refused(taken) from error


@transaction.atomic
def follow_handle(member):
    """Move a member's blog to the address of their new handle; says whether there was anything to move."""
    return bool(
        Space.objects.blogs()
        .filter(blog__owner=member)
        .exclude(slug=member.handle)
        .update(slug=member.handle)
    )
