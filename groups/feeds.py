from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from network.conversation.models import Contribution

from .models import Group


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
        topics = Contribution.objects.filter(space=group).visible_to(None).roots().for_cards()
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
