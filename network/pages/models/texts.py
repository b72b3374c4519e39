from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, PageQuerySet

from network.core.paging import newest_first

from .. import blocks
from .base import EditorialPage

NEWS_A_PAGE = 20


class StandardPage(EditorialPage):
    """Help, legal notice, privacy, accessibility and the like."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(blocks.text_blocks(), verbose_name=_("content"), blank=True)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    content_panels = [TitleFieldPanel("title"), FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class NewsQuerySet(PageQuerySet):
    def newest(self, locale_id):
        """Published news of one language's tree, the newest first, with what a list shows."""
        return (
            self.live()
            .filter(locale=locale_id)
            .select_related("locale", "alias_of__locale")
            .defer("body")
            .order_by("-published_on", "-pk")
        )


class NewsPage(EditorialPage):
    """One piece of news of the network itself."""

    published_on = models.DateField(_("date"), default=timezone.localdate)
    introduction = models.TextField(_("introduction"), max_length=500)
    body = StreamField(blocks.text_blocks(), verbose_name=_("content"), blank=True)

    objects = PageManager.from_queryset(NewsQuerySet)()

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("published_on"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")


class NewsIndexPage(EditorialPage):
    """The list of news; a page by key, the newest first."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count_per_parent = 1
    content_panels = [TitleFieldPanel("title"), FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request, *args, **kwargs):
        news = NewsPage.objects.newest(self.locale_id)
        piece = newest_first(news, request.GET.get("after", ""), size=NEWS_A_PAGE, by="published_on")
        return super().get_context(request, *args, **kwargs) | {"news": piece}
