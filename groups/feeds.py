from django.contrib.syndication.views import Feed
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from network.conversation.models import Contribution
from network.conversation.permissions import can_read_space

from .models import FeedKey, Group
from .permissions import can_use_secret_feeds


class TopicsFeed(Feed):
    """The newest topics of a public group, as Atom. Other groups have none: the answer is 404."""

    feed_type = Atom1Feed

    def get_object(self, request, slug):
        return get_object_or_404(Group.objects.groups().filter(visibility=Group.Visibility.PUBLIC), slug=slug)

    def title(self, group):
        return group.title

    def subtitle(self, group):
        return group.description

    def link(self, group):
        return group.get_absolute_url()

    def items(self, group):
        return self.topics_for(group, None)

    def topics_for(self, group, reader):
        """The newest topics that the reader may read."""
        topics = Contribution.objects.filter(space=group).visible_to(reader).roots().for_cards()
        return topics.order_by("-released_at", "-pk")[:30]

    def item_title(self, topic):
        return topic.title

    def item_description(self, topic):
        return topic.excerpt

    def item_author_name(self, topic):
        if topic.institution:
            return topic.institution.display_name
        return _("Former member") if topic.author.is_erased else topic.author.name

    def item_pubdate(self, topic):
        return topic.released_at

    def item_updateddate(self, topic):
        return topic.edited_at or topic.released_at

    def item_categories(self, topic):
        return [tag.label for tag in topic.tags.all()]


def _signer(key):
    return signing.Signer(sep=".", salt=f"groups.feed.{key.serial}")


def secret_feed_url(key, group):
    """The secret address of a group's feed for the member of this FeedKey; it opens that group alone."""
    token = _signer(key).sign(f"{key.member_id}.{group.pk}")
    return reverse("groups:secret_feed", args=[group.slug, token])


class SecretTopicsFeed(TopicsFeed):
    """The newest topics of a group that a member reads, as Atom, by a secret address that can be revoked.

    What the member can't read any more is gone from it, and so is the feed.
    """

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def get_object(self, request, slug, token):
        member_id = token.partition(".")[0]
        keys = FeedKey.objects.select_related("member")
        key = get_object_or_404(keys, member=member_id if member_id.isdecimal() else None)
        group = get_object_or_404(Group.objects.groups(), slug=slug)
        try:
            signed = _signer(key).unsign(token)
        except signing.BadSignature as error:
            raise Http404 from error
        member = key.member
        if signed != f"{member.pk}.{group.pk}" or not can_use_secret_feeds(member):
            raise Http404
        if not can_read_space(member, group):
            raise Http404
        group.reader = member
        return group

    def items(self, group):
        return self.topics_for(group, group.reader)
