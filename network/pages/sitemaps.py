"""What search engines may list: only what anybody on the web may read.

Each file covers a range of primary keys, so that it costs the same however much there is before it.
"""

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import cached_property

from . import querysets
from .models.base import address_of

# How many primary keys a file covers, and so the most that it lists.
KEYS_A_FILE = 5000


class KeyRanges(Paginator):
    """A queryset cut by its primary keys: page 2 holds what lies between the 5,001st key and the 10,000th."""

    @cached_property
    def num_pages(self):
        highest = self.object_list.aggregate(highest=Max("pk"))["highest"] or 1
        return (highest - 1) // self.per_page + 1

    def page(self, number):
        number = self.validate_number(number)
        last = number * self.per_page
        rows = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return self._get_page(rows, number, self)


class _OfRows(Sitemap):
    @property
    def paginator(self):
        return KeyRanges(self.items().order_by("pk"), KEYS_A_FILE)

    def get_latest_lastmod(self):
        """Nothing: what is newest isn't looked for among all rows."""


class Spaces(_OfRows):
    """Public groups and blogs."""

    def items(self):
        return querysets.open_spaces()

    def lastmod(self, space):
        return space.last_activity_at


class Contributions(_OfRows):
    """Public topics and posts."""

    def items(self):
        return querysets.open_addresses()

    def lastmod(self, root):
        return max(root.thread.last_activity_at, root.edited_at or root.released_at)


class Tags(_OfRows):
    """Tags under which anybody finds something."""

    def items(self):
        return querysets.tags_in_open_use()


class Lists(Sitemap):
    """The pages that lead to all others."""

    def items(self):
        return ["groups:directory", "blogs:directory", "tags:directory", "charter:charter"]

    def location(self, name):
        return reverse(name)


class Pages(Sitemap):
    """The editors' pages, each with the addresses of its translations."""

    def get_urls(self, page=1, site=None, protocol=None):
        host = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        translations = {}
        for found in querysets.translated_pages():
            translations.setdefault(found.translation_key, []).append(found)
        return [
            {
                "location": host + address_of(found),
                "lastmod": found.last_published_at,
                "alternates": [
                    {"lang_code": other.locale.language_code, "location": host + address_of(other)}
                    for other in together
                ],
            }
            for together in translations.values()
            for found in together
        ]


SITEMAPS = {
    "pages": Pages,
    "lists": Lists,
    "spaces": Spaces,
    "contributions": Contributions,
    "tags": Tags,
}
