from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

# The first parts of the site's own addresses: a page of the same name would be taken for them.
RESERVED = frozenset(
    {
        "accounts",
        "admin",
        "blogs",
        "charter",
        "contributions",
        "decisions",
        "documents",
        "en",
        "feed",
        "files",
    }
    | {"fr", "groups", "health", "language", "me", "media", "members", "nl", "notifications", "offline"}
    | {"reports", "search", "spaces", "static", "styleguide", "tags", "write"}
)

# For pages whose address isn't their own.
SEARCH_PANELS = [FieldPanel("seo_title"), FieldPanel("search_description")]


def address_of(page):
    """Where a page stands on this site, without its host. Lists fetch its locale with it."""
    below_home = page.url_path.strip("/").partition("/")[2]
    return f"/{page.locale.language_code}/{below_home}/" if below_home else f"/{page.locale.language_code}/"


class EditorialPermissionTester(PagePermissionTester):
    """Pages are for everybody: what is for some stands in groups."""

    def can_set_view_restrictions(self):
        return False


class EditorialPage(Page):
    """What every page of the site's editors has."""

    promote_panels = [FieldPanel("slug"), *SEARCH_PANELS]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError(
                {
                    "slug": _("“%(slug)s” is the address of a part of the site. Please choose another.")
                    % {"slug": self.slug}
                }
            )

    @cached_property
    def language(self):
        """The language of the words: an alias shows those of the page that it stands for."""
        return (self.alias_of if self.alias_of_id else self).locale.language_code

    @cached_property
    def awaits_translation(self):
        """It stands in this language's tree with another language's words."""
        return self.alias_of_id is not None

    @property
    def address(self):
        return address_of(self)

    def permissions_for_user(self, user):
        return EditorialPermissionTester(user, self)

    def get_context(self, request, *args, **kwargs):
        translations = list(self.get_translations(inclusive=True).live().select_related("locale"))
        locales = {page.locale_id: page.locale for page in translations}
        self.locale = locales.get(self.locale_id) or self.locale
        source = next((page for page in translations if page.pk == self.alias_of_id), None)
        own = [page for page in translations if page.alias_of_id is None]
        return super().get_context(request, *args, **kwargs) | {
            "alternates": [
                (page.locale.language_code, request.build_absolute_uri(address_of(page))) for page in own
            ],
            "source_url": request.build_absolute_uri(address_of(source)) if source else "",
        }
