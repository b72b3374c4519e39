"""What anyone on the web may read under a tag, for feed readers."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .querysets import tag_at, under_tag

IN_FEED = 30


class TagFeed(Feed):
    """Topics and posts under a tag, as Atom; the same for every reader. Under a name merged away: 404."""

    feed_type = Atom1Feed

    def get_object(self, request, slug):
        tag = tag_at(slug, AnonymousUser())
        if tag is None or tag.merged_into:
            raise Http404
        return tag

    def title(self, tag):
        return tag.label

    def subtitle(self, tag):
        return _("What Brussels' civil servants say in public about %(name)s.") % {"name": tag.label}

    def link(self, tag):
        return tag.get_absolute_url()

    def feed_url(self, tag):
        return reverse("tags:feed", args=[tag.slug])

    def items(self, tag):
        return under_tag(tag, None).order_by("-pk")[:IN_FEED]

    def item_title(self, said):
        return said.title

    def item_description(self, said):
        return said.summary or said.excerpt

    def item_author_name(self, said):
        if said.institution:
            return said.institution.display_name
        return _("Former member") if said.author.is_erased else said.author.name

    def item_pubdate(self, said):
        return said.released_at

    def item_updateddate(self, said):
        return said.edited_at or said.released_at

    def item_categories(self, said):
        return [tag.label for tag in said.tags.all()]
