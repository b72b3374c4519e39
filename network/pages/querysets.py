"""What the site's own pages show of the network: only what anybody on the web may read."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Concat, StrIndex
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import page_permission_policy

from groups.cards import card_of
from groups.models import Group
from network.conversation.models import Contribution, Space, TaggedContribution, TaggedSpace
from network.core.sql import any_of
from network.discovery.querysets import tags_known_to
from network.members.models import Institution, Member
from network.tags.models import Tag

# Pages show the same to everybody, whoever reads them.
VISITOR = AnonymousUser()


def published_page(language, path):
    """The page at `path` ("" or "help/") of a language's tree, or None; one query, its locale included.

    `is_restricted` says whether somebody closed it, or what it stands under, with a password or a login.
    """
    homes = Page.objects.filter(depth=2, locale__language_code=language)
    pages = Page.objects.live().filter(locale__language_code=language)
    if path:
        pages = pages.filter(slug=path.rstrip("/").rpartition("/")[2])
    return (
        pages.filter(url_path=Concat(Subquery(homes.values("url_path")[:1]), Value(path)))
        .annotate(is_restricted=_restricted())
        .select_related("locale")
        .first()
    )


def _restricted():
    """Somebody closed the page, or one that it stands under."""
    above = PageViewRestriction.objects.annotate(place=StrIndex(OuterRef("path"), "page__path"))
    return Exists(above.filter(place=1))


def drafts_for(member):
    """Pages that the member may edit and whose newest words aren't public, the latest first."""
    return _editable(member).filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")


def untranslated_for(member):
    """Pages that the member may edit and that show another language's words, the latest first."""
    return _editable(member).filter(alias_of__isnull=False).order_by("-first_published_at", "-pk")


def _editable(member):
    pages = page_permission_policy.instances_user_has_permission_for(member, "change")
    return pages.filter(depth__gt=1).select_related("locale")


def open_groups():
    """Groups that everybody may read, with what their cards show."""
    return Group.objects.readable_by(VISITOR).for_cards(VISITOR)


def open_contributions():
    """Topics and posts that everybody may read, with what their cards show."""
    return Contribution.objects.visible_to(VISITOR).roots().for_cards()


def open_tags():
    """Tags that everybody may know of."""
    return tags_known_to(VISITOR)


def open_spaces():
    """Groups, and blogs in which something was published, that everybody may read: what their address needs."""
    spaces = Space.objects.readable_by(VISITOR).exclude(kind=Space.Kind.BLOG, root_count=0)
    return spaces.only("kind", "slug", "last_activity_at")


def open_addresses():
    """Topics and posts that everybody may read, with what their address needs and when they last moved."""
    shown = Contribution.objects.visible_to(VISITOR).roots().select_related("space", "thread")
    return shown.only(
        "kind",
        "space_kind",
        "slug",
        "root",
        "released_at",
        "edited_at",
        "space__slug",
        "thread__last_activity_at",
    )


def tags_in_open_use():
    """Tags under which everybody finds a group, a blog, a topic or a post."""
    said = Contribution.objects.visible_to(VISITOR).roots()
    contributions = TaggedContribution.objects.filter(
        tag=OuterRef("pk"), content_object__in=said.values("pk")
    )
    spaces = TaggedSpace.objects.filter(tag=OuterRef("pk"), content_object__in=open_spaces().values("pk"))
    in_use = Q(any_of(contributions)) | Q(any_of(spaces))
    return Tag.objects.visible_to(VISITOR).filter(in_use).only("slug")


def translated_pages():
    """Published pages that anybody may open, in their own language's words, whose address is their own."""
    return (
        Page.objects.live()
        .filter(depth__gt=1, alias_of=None)
        .exclude(content_type__app_label="pages", content_type__model="sectionpage")
        .filter(~_restricted())
        .select_related("locale")
        .order_by("translation_key", "locale__language_code")
    )


def group_cards(groups):
    """The cards of open groups, for the component."""
    return [card_of(group, VISITOR) for group in groups]


def liveliest_groups(count):
    """The open groups in which something was said last."""
    return open_groups().filter(archived_at=None).order_by("-last_activity_at", "-pk")[:count]


def newest_contributions(kinds, count):
    """The newest open contributions of these kinds ("topic", "post")."""
    return open_contributions().filter(kind__in=kinds).order_by("-released_at", "-pk")[:count]


def counts():
    """How many members, institutions, groups and contributions there are, as numbers by those names.

    Contributions are those of the places that every member may read: closed groups don't show in a number.
    """
    spaces = Space.objects.filter(visibility__in=["public", "network"])
    said = spaces.aggregate(roots=Sum("root_count", default=0), replies=Sum("reply_count", default=0))
    members = Member.objects.filter(status="active")
    return {
        "members": members.count(),
        "institutions": Institution.objects.filter(pk__in=members.values("institution")).count(),
        "groups": spaces.filter(kind="group").count(),
        "contributions": said["roots"] + said["replies"],
    }
