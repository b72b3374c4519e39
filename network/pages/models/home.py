from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from .. import blocks
from .base import SEARCH_PANELS, EditorialPage, EditorialPermissionTester


class HomePermissionTester(EditorialPermissionTester):
    """Each language keeps its home page where it is, published."""

    def can_delete(self, ignore_bulk=False):
        return False

    def can_unpublish(self):
        return False

    def can_move(self):
        return False

    def can_copy(self):
        return False


class HomePage(EditorialPage):
    """What visitors see first, in one language."""

    hero_title = models.CharField(_("what the network is, in one line"), max_length=120)
    hero_text = models.TextField(_("for whom, and what for"), max_length=400)
    action_label = models.CharField(_("words of the button"), max_length=40)
    action_url = models.CharField(
        _("address of the button"), max_length=200, default="/accounts/signup/", validators=[blocks.address]
    )
    body = StreamField(blocks.home_blocks(), verbose_name=_("content"), blank=True)

    # Each language has one, made with the site.
    is_creatable = False
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldPanel("action_label"),
                FieldPanel("action_url"),
            ],
            _("At the top"),
        ),
        FieldPanel("body"),
    ]
    promote_panels = SEARCH_PANELS

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def permissions_for_user(self, user):
        return HomePermissionTester(user, self)
