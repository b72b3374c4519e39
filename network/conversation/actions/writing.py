"""Writing: drafts, posting, taking back, correcting."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.editor import clean_html, to_plain_text
from network.core.refusals import Outdated, Refused
from network.notifications.actions import notify
from network.tags.actions import count_uses, tags_for_names
from network.tags.models import normalise

from .. import tasks
from ..limits import check_correction, check_text
from ..mentions import handles_in, link_mentions
from ..models import Attachment, Contribution, Edit, TaggedContribution
from ..permissions import (
    can_edit_contribution,
    can_post_contribution,
    can_save_draft,
    can_undo_contribution,
)
from .counting import locked, shows_in_tags
from .releasing import release_contribution, tell_mentioned

LONGEST_BODY = 200_000
# Addresses in a blog that lead elsewhere than to a post.
TAKEN_SLUGS = {"settings", "follow", "unfollow"}


@transaction.atomic
def save_draft(contribution, *, actor, tag_names=None, seen=None):
    """Keep what the actor is writing: a new or unposted topic, post or reply, seen by nobody else.

    The instance carries space, root, title, body (HTML, cleaned here) and the other choices. `tag_names`
    replaces the tags where given. The same form sent twice (`submission`) is one contribution: the first
    one is returned. `seen` is the `version` that the writer started from: where other words were kept
    since, Outdated. Who writes on in a draft that was thrown away brings it back. Raises Refused when the
    text is too long.
    """
    contribution.author = actor
    if contribution.pk is None and contribution.submission:
        twin = _sent_before(actor, contribution.submission)
        if twin:
            return twin
    if contribution.pk:
        fresh = locked(contribution)
        require(can_save_draft(actor, fresh))
    _tidy(contribution)
    if contribution.pk:
        changed = _words(fresh) != _words(contribution)
        if changed and seen is not None and seen != fresh.version:
            raise Outdated(
                _("This draft was changed meanwhile, in another window or on another device."), fresh
            )
        contribution.version = fresh.version + changed
        contribution.deleted_at = None
    contribution.saved_at = timezone.now()
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:
        twin = contribution.submission and _sent_before(actor, contribution.submission)
        if not twin:
            raise
        return twin
    if tag_names is not None:
        set_tags(contribution, tag_names)
    _adopt_attachments(contribution, actor)
    return contribution


def _words(contribution):
    return contribution.title, contribution.summary, contribution.body


def _sent_before(actor, submission):
    return (
        Contribution.objects.filter(author=actor, submission=submission)
        .select_related("space", "root")
        .first()
    )


def _tidy(contribution):
    if len(contribution.body) > LONGEST_BODY:
        raise Refused(
            _("This text is too long: %(most)s characters at most, formatting included.")
            % {"most": LONGEST_BODY}
        )
    contribution.kind = contribution.kind or Contribution.Kind.REPLY
    contribution.space_kind = contribution.space.kind
    contribution.body = link_mentions(clean_html(contribution.body))
    contribution.body_text = to_plain_text(contribution.body)
    if contribution.root_id:
        contribution.audience = contribution.root.audience
        contribution.audience_space_id = contribution.root.audience_space_id
    if contribution.capacity == Contribution.Capacity.PERSONAL:
        contribution.institution = None
    if contribution.kind == Contribution.Kind.POST and not contribution.slug:
        contribution.slug = _free_slug(contribution)


def _free_slug(contribution):
    wanted = slugify(normalise(contribution.title))[:100].strip("-") or "post"
    taken = TAKEN_SLUGS | set(
        Contribution.objects.filter(space=contribution.space, slug__startswith=wanted)
        .exclude(pk=contribution.pk)
        .values_list("slug", flat=True)
    )
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def set_tags(contribution, names):
    """Replace the tags of a topic or post; counters of use follow where it counts."""
    before = set(
        TaggedContribution.objects.filter(content_object=contribution.pk).values_list("tag", flat=True)
    )
    after = {tag.pk for tag in tags_for_names(names, language=contribution.language)}
    TaggedContribution.objects.filter(content_object=contribution.pk, tag__in=before - after).delete()
    TaggedContribution.objects.bulk_create(
        TaggedContribution(content_object_id=contribution.pk, tag_id=tag) for tag in after - before
    )
    is_counted = contribution.released_at and contribution.moderation == Contribution.Moderation.CLEAR
    if is_counted and shows_in_tags(contribution):
        count_uses(before, after)
    return before != after


def _adopt_attachments(contribution, actor):
    """Files that the text shows, or its cover, belong to it from now on and are seen by its readers."""
    keys = Attachment.keys_in(contribution.body)
    if contribution.cover_id:
        keys.add(contribution.cover_id)
    if keys:
        Attachment.objects.filter(pk__in=keys, owner=actor, contribution=None).update(
            contribution=contribution.pk
        )


@transaction.atomic
def post_contribution(contribution, *, actor, tag_names=None, at=None, seen=None):
    """Post it: released after the seconds for thinking, or at the moment `at`; idempotent.

    Refuses through PermissionDenied or Http404 what the actor may not post, through Refused an empty
    text, and as `save_draft` one that was changed elsewhere since `seen`.
    """
    contribution.author = actor
    require(can_post_contribution(actor, contribution))
    contribution = save_draft(contribution, actor=actor, tag_names=tag_names, seen=seen)
    if contribution.published_at:
        return contribution
    if not contribution.body_text and "<img" not in contribution.body:
        raise Refused(_("There is nothing in this text yet."))
    check_text(contribution, actor)
    contribution.published_at = at or timezone.now() + timedelta(seconds=settings.RELEASE_DELAY)
    contribution.save(update_fields=["published_at"])
    if contribution.published_at <= timezone.now():
        release_contribution(contribution)
        contribution.refresh_from_db()
    else:
        transaction.on_commit(
            lambda: tasks.release.using(run_after=contribution.published_at).enqueue(contribution.pk)
        )
    return contribution


@transaction.atomic
def undo_contribution(contribution, *, actor):
    """Take back what was posted and not released yet: it is a draft again. False if it was one already."""
    fresh = locked(contribution)
    if fresh.published_at is None and fresh.author_id == actor.pk:
        return False
    require(can_undo_contribution(actor, fresh))
    # Whoever was to look at it first has nothing to look at any more.
    awaiting = fresh.moderation == Contribution.Moderation.AWAITING
    moderation = Contribution.Moderation.CLEAR if awaiting else fresh.moderation
    Contribution.objects.filter(pk=fresh.pk).update(published_at=None, moderation=moderation)
    return True


@transaction.atomic
def edit_contribution(
    contribution,
    *,
    actor,
    body,
    title=None,
    summary=None,
    tag_names=None,
    reason="",
    substantive=False,
    seen=None,
):
    """Correct one's own text; says whether anything changed.

    After release the words before the change are kept for readers to compare, and a correction marked as
    substantive is told to those who replied. `seen` is the `edited_at` that the editor started from: where
    it is given and another correction came between, Refused.
    """
    fresh = locked(contribution)
    require(can_edit_contribution(actor, fresh))
    if seen is not None and seen != (fresh.edited_at.isoformat() if fresh.edited_at else ""):
        raise Refused(_("This text was changed meanwhile, in another window. Compare before you save yours."))
    before = (fresh.title, fresh.summary, fresh.body)
    fresh.title = fresh.title if title is None else title
    fresh.summary = fresh.summary if summary is None else summary
    fresh.body = body
    _tidy(fresh)
    if not fresh.body_text and "<img" not in fresh.body:
        raise Refused(_("There is nothing in this text yet."))
    if set(handles_in(fresh.body)) - set(handles_in(before[2])):
        check_correction(fresh, actor)
    retagged = tag_names is not None and set_tags(fresh, tag_names)
    if (fresh.title, fresh.summary, fresh.body) == before:
        return retagged
    fields = ["title", "summary", "body", "body_text"]
    if fresh.released_at:
        Edit.objects.create(
            contribution=fresh, title=before[0], body=before[2], reason=reason, substantive=substantive
        )
        fresh.edited_at = timezone.now()
        fields.append("edited_at")
    fresh.save(update_fields=fields)
    _adopt_attachments(fresh, actor)
    if fresh.released_at:
        tell_mentioned(fresh, actor, told={actor.pk})
    if substantive and fresh.released_at:
        root = fresh.root or fresh
        notify(
            [reply.author for reply in root.replies.released().select_related("author").distinct("author")],
            "correction",
            actor=actor,
            contribution=root,
            latest=fresh,
        )
    return True
