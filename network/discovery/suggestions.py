"""What a newcomer is offered beside the feed."""

from django.utils.functional import cached_property

from .querysets import groups_close_to, people_close_to


class Suggestions:
    """Groups and people close to a member: read when a template shows them, one query each."""

    def __init__(self, member):
        self.member = member

    @cached_property
    def groups(self):
        """Groups that the member may join at once, where people like them are."""
        return list(groups_close_to(self.member))

    @cached_property
    def people(self):
        """Members who know about the same subjects."""
        return list(people_close_to(self.member))
