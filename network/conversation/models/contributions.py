import re
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from network.core.models import Language
from network.core.sql import Unaccent
from network.members.models import Institution
from network.tags.models import Tag

from ..querysets import ContributionQuerySet
from .spaces import Space

# What waits longer than this was given its moment by its author.
SECONDS_OF_THINKING = timedelta(minutes=1)
_FILE_ADDRESS = re.compile(r'(?:src|href)="/files/(\d+)/')


class Contribution(models.Model):
    """What a member says in a space: a topic, a blog post, or a reply to one of them.

    The full-text column `search` stands in the table alone (see the first migration): no list has to
    fetch it.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", _("topic")
        POST = "post", _("post")
        REPLY = "reply", _("reply")

    class Audience(models.TextChoices):
        SPACE = "", _("Everyone who reads this place")
        NETWORK = "network", _("Verified members of the network only")
        GROUP = "group", _("Members of one group only")

    class Capacity(models.TextChoices):
        PERSONAL = "personal", _("in a personal capacity")
        INSTITUTION = "institution", _("on behalf of the institution")

    class Moderation(models.TextChoices):
        CLEAR = "clear", _("clear")
        AWAITING = "awaiting", _("awaiting review")
        HIDDEN = "hidden", _("hidden by moderation")
        REMOVED = "removed", _("removed by moderation")

    kind = models.CharField(max_length=5, choices=Kind, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="contributions")
    # The kind of the space, tied to it by a composite foreign key: see the first migration.
    space_kind = models.CharField(max_length=5, choices=Space.Kind, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contributions", verbose_name=_("author")
    )
    # A reply stands in the thread of a topic or a post, its root; `parent` is the reply it answers.
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    slug = models.SlugField(_("address"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    cover = models.ForeignKey(
        "conversation.Attachment", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    body = models.TextField(_("text"))
    body_text = models.TextField(editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    audience = models.CharField(_("audience"), max_length=7, choices=Audience, blank=True, default="")
    audience_space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="+")
    capacity = models.CharField(_("capacity"), max_length=11, choices=Capacity, default=Capacity.PERSONAL)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    tags = TaggableManager(through="conversation.TaggedContribution", blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    # Empty for a draft; the moment at which it is, or was, to be released.
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # From then on others see it. Set once, unless its author withdraws it.
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    # Withdrawn by its author: the moment at which others first saw it, and will have seen it when it's back.
    was_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    # How often the draft was kept: two windows that write the same one find out.
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    saved_at = models.DateTimeField(_("kept"), null=True, blank=True, editable=False)
    # A draft that was thrown away, and can be brought back for some time.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    moderation = models.CharField(_("moderation"), max_length=8, choices=Moderation, default=Moderation.CLEAR)
    # A note of the moderators that readers see above the words.
    label = models.CharField(_("label"), max_length=200, blank=True)
    pinned = models.BooleanField(_("pinned"), default=False)
    locked = models.BooleanField(_("locked"), default=False)
    # The author's own choice, where `locked` is the moderators'.
    replies_open = models.BooleanField(_("open to replies"), default=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    # The form it came from: the same form sent twice is one contribution.
    submission = models.UUIDField(null=True, blank=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="topic", space_kind="group")
                | Q(kind="post", space_kind="blog")
                | Q(kind="reply", space_kind__in=["group", "blog"]),
                name="contribution_kind_of_its_space",
            ),
            models.CheckConstraint(
                condition=Q(kind="reply", root__isnull=False)
                | Q(kind__in=["topic", "post"], root=None, parent=None),
                name="contribution_reply_has_root",
            ),
            models.CheckConstraint(
                condition=Q(kind="reply") | Q(published_at=None) | Q(title__gt=""),
                name="contribution_published_has_title",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(published_at=None),
                name="contribution_deleted_is_draft",
            ),
            models.CheckConstraint(
                condition=Q(audience="group", audience_space__isnull=False)
                | Q(audience__in=["", "network"], audience_space=None),
                name="contribution_audience_whole",
            ),
            models.CheckConstraint(
                condition=Q(capacity="institution", institution__isnull=False)
                | Q(capacity="personal", institution=None),
                name="contribution_capacity_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(published_at__isnull=False),
                name="contribution_released_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reply") | Q(released_at=None) | Q(number__isnull=False),
                name="contribution_released_reply_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=["clear", "awaiting", "hidden", "removed"]),
                name="contribution_moderation_known",
            ),
            models.UniqueConstraint(fields=["root", "number"], name="reply_number_once"),
            models.UniqueConstraint(
                fields=["space", "slug"],
                condition=Q(slug__gt=""),
                name="contribution_slug_once_a_space",
                violation_error_message=_("You have a post with this address already."),
            ),
            models.UniqueConstraint(
                fields=["author", "submission"],
                condition=Q(submission__isnull=False),
                name="contribution_sent_once",
            ),
        ]
        indexes = [
            models.Index(fields=["space", "-released_at", "-id"], name="contribution_of_space"),
            models.Index(
                fields=["space", "-pinned", "-released_at", "-id"],
                condition=Q(root=None, released_at__isnull=False),
                name="contribution_roots",
            ),
            models.Index(fields=["author", "-released_at", "-id"], name="contribution_of_author"),
            models.Index(
                fields=["-released_at", "-id"],
                condition=Q(released_at__isnull=False, root=None, moderation="clear"),
                name="contribution_newest",
            ),
            models.Index(
                fields=["published_at"],
                condition=Q(released_at=None, published_at__isnull=False),
                name="contribution_due",
            ),
            models.Index(
                fields=["deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="contribution_thrown_away",
            ),
            GinIndex(
                OpClass(Unaccent(Lower("title")), name="gin_trgm_ops"),
                condition=Q(root=None),
                name="contribution_title_trigram",
            ),
        ]

    def __str__(self):
        return self.title or self.excerpt or gettext("Untitled")

    def get_absolute_url(self):
        """Where it stands; a reply is an anchor on a page of its thread. Join `root` and `space` for lists."""
        root = self.root or self
        if self.space_kind == Space.Kind.GROUP:
            url = reverse("groups:topic", args=[self.space.slug, root.pk])
        else:
            url = reverse("blogs:post", args=[self.space.slug, root.slug])
        return f"{url}?from={self.number}#reply-{self.number}" if self.root_id and self.number else url

    @property
    def writing_url(self):
        """The form in which its author goes on with a draft."""
        if self.root_id:
            return f"{self.root.get_absolute_url()}#reply-form"
        if self.kind == self.Kind.POST:
            return f"{reverse('blogs:write')}?draft={self.pk}"
        return f"{reverse('groups:new_topic', args=[self.space.slug])}?draft={self.pk}"

    @property
    def is_reply(self):
        return self.kind == self.Kind.REPLY

    @property
    def is_draft(self):
        return self.published_at is None and self.deleted_at is None

    @property
    def is_withdrawn(self):
        """Others have seen it, and its author has taken it back since."""
        return self.was_released_at is not None and self.released_at is None

    @property
    def is_scheduled(self):
        """Waits for a moment that its author chose, not for the seconds of thinking alone."""
        return self.is_waiting and self.published_at > timezone.now() + SECONDS_OF_THINKING

    @property
    def is_waiting(self):
        """Posted, and its author may still take it back."""
        return self.published_at is not None and self.released_at is None

    @property
    def is_held(self):
        """Posted, and somebody looks at it before others see it."""
        return self.is_waiting and self.moderation == self.Moderation.AWAITING

    @property
    def excerpt(self):
        """The first words, in plain text. Lists that defer `body_text` annotate `opening` instead."""
        words = self.__dict__.get("opening")
        return Truncator(self.body_text if words is None else words).chars(240)

    # What cards show. They read what `for_cards` has fetched, and nothing else.

    @property
    def reply_count(self):
        return self.thread.reply_count if not self.is_reply and self.released_at else 0

    @property
    def tag_list_for_display(self):
        return [{"name": tag.label, "url": tag.get_absolute_url()} for tag in self.tags.all()]

    @property
    def cover_url(self):
        return self.cover.get_absolute_url() if self.cover_id else ""

    @property
    def is_question(self):
        return self.__dict__.get("topic_type") == "question"

    @property
    def is_announcement(self):
        return self.__dict__.get("topic_type") == "announcement"

    @property
    def is_answered(self):
        return self.__dict__.get("answered_by") is not None


class ThreadState(models.Model):
    """What moves at every reply, apart from the root's own row and its text index."""

    root = models.OneToOneField(Contribution, models.CASCADE, primary_key=True, related_name="thread")
    # Copied from the root, so that a group's topics can be listed by activity with one index.
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    reply_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    last_activity_at = models.DateTimeField()
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["space", "-last_activity_at", "-root"], name="thread_most_active")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply_count__lte=F("last_number")), name="thread_counts_what_it_numbered"
            )
        ]


class TaggedContribution(ItemBase):
    content_object = models.ForeignKey(Contribution, models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_contributions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="contribution_tagged_once")
        ]
        indexes = [models.Index(fields=["tag", "-content_object"], name="tagged_newest")]


class Edit(models.Model):
    """What a contribution said before a change made after its release."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="edits")
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField()
    edited_at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    substantive = models.BooleanField(_("changes the meaning"), default=False)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["-id"]
        indexes = [models.Index(fields=["contribution", "-id"], name="edit_of_contribution")]


def private_storage():
    return storages["private"]


class Attachment(models.Model):
    """A member's file or picture, served through permission by the site."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    # Empty while the text it belongs to isn't saved: its owner alone sees it.
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(storage=private_storage, upload_to="%Y/%m/")
    name = models.CharField(_("name"), max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt = models.CharField(_("description of the picture"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["contribution", "id"], name="attachment_of_contribution")]

    def __str__(self):
        return self.name

    @staticmethod
    def keys_in(html):
        """Primary keys of the files that cleaned HTML shows or links to."""
        return {int(key) for key in _FILE_ADDRESS.findall(html)}

    def get_absolute_url(self):
        return reverse("conversation:file", args=[self.pk, self.name])

    @property
    def is_image(self):
        return self.width is not None
