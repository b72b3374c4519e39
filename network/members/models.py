from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from network.core.models import Language
from network.core.sql import Unaccent
from network.tags.models import Tag

from . import archives
from .querysets import ArchiveQuerySet, InstitutionQuerySet, MemberManager

MODERATOR, ADMINISTRATOR, EDITOR = "moderator", "administrator", "editor"
ROLES = {
    EDITOR: _("Editor: pages of the site"),
    MODERATOR: _("Moderator: reports and cases"),
    ADMINISTRATOR: _("Administrator: accounts, institutions and the charter"),
}


class Institution(models.Model):
    """A public body that members work for. Its e-mail domains verify its people."""

    class Level(models.TextChoices):
        FEDERAL = "federal", _("Federal")
        REGIONAL = "regional", _("Regional")
        COMMUNITY = "community", _("Community")
        PROVINCIAL = "provincial", _("Provincial")
        LOCAL = "local", _("Local")
        OTHER = "other", _("Other")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_nl = models.CharField(_("name in Dutch"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    acronym_fr = models.CharField(_("acronym in French"), max_length=20, blank=True)
    acronym_nl = models.CharField(_("acronym in Dutch"), max_length=20, blank=True)
    acronym_en = models.CharField(_("acronym in English"), max_length=20, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    logo = models.ImageField(_("logo"), upload_to="institutions/", blank=True)
    spokespeople = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Spokesperson",
        related_name="speaks_for",
        verbose_name=_("spokespeople"),
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_fr", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["federal", "regional", "community", "provincial", "local", "other"]),
                name="institution_level_known",
            )
        ]

    def __str__(self):
        return self.display_name

    def _in_readers_language(self, field):
        language = (get_language() or "fr")[:2]
        return getattr(self, f"{field}_{language}", "") or getattr(self, f"{field}_fr")

    @property
    def display_name(self):
        """The full name in the reader's language."""
        return self._in_readers_language("name")

    @property
    def short_name(self):
        """The acronym in the reader's language, or the full name where there is none."""
        return self._in_readers_language("acronym") or self.display_name


class InstitutionDomain(models.Model):
    """A domain of e-mail that belongs to one institution."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="domains")
    domain = models.CharField(
        _("e-mail domain"),
        max_length=120,
        validators=[
            RegexValidator(
                r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
                _("A domain is what stands after the @, such as commune.brussels, in small letters."),
            )
        ],
    )

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        constraints = [
            models.UniqueConstraint(
                fields=["domain"],
                name="domain_of_one_institution",
                violation_error_message=_("This domain belongs to an institution already."),
            ),
            models.CheckConstraint(condition=Q(domain=Lower("domain")), name="domain_in_small_letters"),
        ]

    def __str__(self):
        return self.domain


def private_storage():
    return storages["private"]


def photo_path(member, name):
    """Where a member's portrait is kept; the name changes with the picture, so that caches follow."""
    return f"portraits/{member.pk}/{name}"


class Member(AbstractBaseUser, PermissionsMixin):
    """A person of the network."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for verification")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        DEACTIVATED = "deactivated", _("deactivated")
        ERASED = "erased", _("erased")

    class VerifiedBy(models.TextChoices):
        DOMAIN = "domain", _("e-mail domain")
        DELEGATE = "delegate", _("delegate of the institution")
        ADMINISTRATOR = "administrator", _("administrator")
        SINGLE_SIGN_ON = "sso", _("single sign-on")

    email = models.EmailField(_("e-mail address"))
    handle = models.SlugField(
        _("handle"), max_length=40, unique=True, help_text=_("Your address on the site: /members/handle/.")
    )
    name = models.CharField(_("name"), max_length=120)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("institution"),
    )
    unit = models.CharField(_("department or unit"), max_length=120, blank=True)
    bio = models.TextField(_("about you"), max_length=2000, blank=True)
    expertise = TaggableManager(_("expertise"), through="Expertise", blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language),
        verbose_name=_("languages you read"),
        default=list,
        blank=True,
    )
    photo = models.ImageField(_("photo"), storage=private_storage, upload_to=photo_path, blank=True)
    links = ArrayField(models.URLField(), verbose_name=_("links"), default=list, blank=True)
    language = models.CharField(
        _("language of the site"), max_length=2, choices=Language, default=Language.FR
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True, db_default=True)
    # When the member put away the first steps that their feed offers.
    first_steps_closed_at = models.DateTimeField(_("first steps put away"), null=True, blank=True)

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    is_active = models.BooleanField(_("can log in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=13, choices=VerifiedBy, blank=True)
    verified_until = models.DateTimeField(_("verified until"), null=True, blank=True)
    # When the member was asked whether the address that verifies them is still theirs.
    renewal_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The member has left: the moment at which what is personal is erased, unless they come back before.
    leaving_at = models.DateTimeField(_("leaves"), null=True, blank=True)
    # What a moderation decision does to a member: moderation writes, conversation reads.
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    excluded_at = models.DateTimeField(_("excluded"), null=True, blank=True)
    posting_restricted_until = models.DateTimeField(_("posting restricted until"), null=True, blank=True)
    # What a restricted member may still post: "" nothing, "rate" a few texts a day, "review" what is looked at first.
    posting_restriction = models.CharField(
        _("how posting is restricted"), max_length=6, blank=True, default="", db_default=""
    )
    # The charter version last accepted, beside the acceptances: every request reads it.
    accepted_charter = models.ForeignKey(
        "charter.CharterVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    contribution_count = models.PositiveIntegerField(_("contributions"), default=0)
    follower_count = models.PositiveIntegerField(_("followers"), default=0)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["handle", "name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="member_email_once"),
            models.CheckConstraint(
                condition=Q(is_active=True) ^ Q(status__in=["deactivated", "erased"]),
                name="member_inactive_only_when_gone",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "active", "suspended", "deactivated", "erased"]),
                name="member_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(verified_at__isnull=False, verified_by__gt=""),
                name="member_active_is_verified",
            ),
            models.CheckConstraint(
                condition=~Q(status="suspended")
                | Q(suspended_until__isnull=False)
                | Q(excluded_at__isnull=False),
                name="member_suspension_ends_or_excludes",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "name", "id"], name="member_directory"),
            models.Index(fields=["institution", "name", "id"], name="member_by_institution"),
            models.Index(fields=["status", "-date_joined"], name="member_newest"),
            models.Index(fields=["leaving_at"], condition=Q(leaving_at__isnull=False), name="member_leaving"),
            GinIndex(
                OpClass(
                    Unaccent(Lower(models.functions.Concat("name", Value(" "), "job_title"))),
                    name="gin_trgm_ops",
                ),
                name="member_name_trigram",
            ),
        ]

    def __str__(self):
        return gettext("Former member") if self.is_erased else self.name

    def get_absolute_url(self):
        return reverse("members:profile", args=[self.handle])

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def is_verified(self):
        """May take part: known to be a civil servant, and neither suspended nor gone."""
        return self.status == self.Status.ACTIVE

    @property
    def is_erased(self):
        return self.status == self.Status.ERASED

    @property
    def is_excluded(self):
        return self.excluded_at is not None

    @property
    def photo_url(self):
        """Address of the portrait, which changes with it so that caches follow; empty where there is none."""
        if not self.photo:
            return ""
        version = self.photo.name.rpartition("/")[2][:8]
        return f"{reverse('portraits:portrait', args=[self.handle])}?v={version}"

    def has_perm(self, perm, obj=None):
        """What a role opens, it opens to verified members alone."""
        return self.is_verified and super().has_perm(perm, obj)

    @cached_property
    def roles(self):
        """The site roles: names of Wagtail's groups."""
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def is_staff(self):
        """Has a role, and so the administration."""
        return self.is_verified and (self.is_superuser or not self.roles.isdisjoint(ROLES))

    @property
    def is_moderator(self):
        return self.status == self.Status.ACTIVE and MODERATOR in self.roles

    @property
    def is_administrator(self):
        return self.status == self.Status.ACTIVE and (self.is_superuser or ADMINISTRATOR in self.roles)


class Expertise(ItemBase):
    """What a member knows about."""

    content_object = models.ForeignKey(Member, models.CASCADE, related_name="expertise_items")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="expertise_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="expertise_once"),
        ]


class Spokesperson(models.Model):
    """A member who may speak on behalf of an institution."""

    institution = models.ForeignKey(Institution, models.CASCADE)
    member = models.ForeignKey(Member, models.CASCADE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespeople")
        constraints = [
            models.UniqueConstraint(fields=["institution", "member"], name="spokesperson_once"),
        ]


class FormerHandle(models.Model):
    """A handle that a member had before: its address leads to the one of today."""

    handle = models.SlugField(max_length=40, unique=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="former_handles")


class Archive(models.Model):
    """A file of what is a member's own, made for them in the background and kept for a week."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("not made")

    member = models.ForeignKey(Member, models.CASCADE, related_name="archives")
    # A kind that an app registered: see `archives`.
    kind = models.CharField(max_length=20)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    file = models.FileField(storage=private_storage, upload_to="archives/%Y/%m/", blank=True)
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "failed"])
                | Q(state="ready", file__gt="", expires_at__isnull=False),
                name="archive_ready_has_file",
            ),
            # Asking twice makes one.
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(state="waiting"), name="archive_made_once"
            ),
        ]

    def __str__(self):
        return self.kind

    def get_absolute_url(self):
        return reverse("me:archive", args=[self.pk])

    @property
    def label(self):
        """What it holds, in the reader's words."""
        return archives.get(self.kind).label


def display_name(member):
    """How the site addresses a member."""
    return member.name
