from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.rich_text import expand_db_html

from network.core.sections import Section

from .. import blocks
from ..querysets import group_cards, published_page
from .base import SEARCH_PANELS, EditorialPage, address_of
from .home import HomePermissionTester


class SectionQuerySet(PageQuerySet):
    def above(self, kind, language):
        """The published page that stands above the list of this kind in this language, or none."""
        return self.live().filter(kind=kind, locale__language_code=language).first()


class SectionPage(EditorialPage):
    """What stands above the list of groups, blogs, members or tags. The list itself is the site's."""

    class Kind(models.TextChoices):
        GROUPS = "groups", _("Groups")
        BLOGS = "blogs", _("Blogs")
        MEMBERS = "members", _("Members")
        TAGS = "tags", _("Tags")

    kind = models.CharField(_("list"), max_length=7, choices=Kind)
    introduction = RichTextField(_("introduction"), features=blocks.WORDS, blank=True)
    featured = StreamField(
        blocks.featured_blocks(),
        verbose_name=_("put forward"),
        blank=True,
        max_num=6,
        help_text=_("Shown above the list for as long as everybody may see it."),
    )

    objects = PageManager.from_queryset(SectionQuerySet)()

    # One of each kind a language, made with the site.
    is_creatable = False
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    content_panels = [FieldPanel("title"), FieldPanel("introduction"), FieldPanel("featured")]
    promote_panels = SEARCH_PANELS
    template = "pages/section_preview.html"

    class Meta:
        verbose_name = _("introduction of a list")
        verbose_name_plural = _("introductions of lists")

    def clean(self):
        super().clean()
        others = SectionPage.objects.filter(kind=self.kind, locale=self.locale_id).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(_("This list has an introduction in this language already."))

    def permissions_for_user(self, user):
        return HomePermissionTester(user, self)

    @property
    def list_url(self):
        """The address of the list, the same in every language."""
        return reverse(f"{self.kind}:directory")

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], self.list_url)

    def serve(self, request, *args, **kwargs):
        return redirect(self.list_url)

    def get_sitemap_urls(self, request=None):
        return []

    def as_section(self):
        """The page as the views of the lists take it."""
        shown = {"group": [], "contribution": [], "tag": []}
        for block in self.featured:
            if getattr(block.value, "is_open", False):
                shown[block.block_type].append(block.value)
        return Section(
            title=self.title,
            introduction=mark_safe(expand_db_html(self.introduction)),  # noqa: S308 — cleaned by the editor
            search_title=self.seo_title,
            search_description=self.search_description,
            groups=group_cards(shown["group"]),
            contributions=shown["contribution"],
            tags=[{"name": tag.label, "url": tag.get_absolute_url()} for tag in shown["tag"]],
        )

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"section": self.as_section()}


def section(kind, language):
    """What stands above a list; None where nothing is published."""
    page = SectionPage.objects.above(kind, language)
    return page and page.as_section()


def translated_address(address, language):
    """The address of a page's translation; None when the address is not a page's.

    Where the page has no translation, the home page of that language stands for it.
    """
    path, _separator, query = address.partition("?")
    own_language, _separator, below = path.lstrip("/").partition("/")
    if own_language not in dict(settings.LANGUAGES):
        return None
    page = published_page(own_language, below)
    translations = page.get_translations().live().select_related("locale") if page else Page.objects.none()
    translation = translations.filter(locale__language_code=language).first()
    if translation is None:
        return f"/{language}/"
    translated = address_of(translation)
    return f"{translated}?{query}" if query else translated
