from django.db import models
from django.db.models import Prefetch


class CharterVersionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Everybody may read every version since its publication: drafts belong to administrators."""
        return self.exclude(state="draft")

    def in_force(self):
        """The version that binds members today, or none before the first."""
        return self.filter(state="in_force").first()

    def awaiting(self, member):
        """The version in force that the member has not accepted yet, or none."""
        version = self.only("grace_until").in_force()
        return version if version and version.pk != member.accepted_charter_id else None

    def holding_back(self, member):
        """The version that the member has to accept before going on, or none: in its time of grace, it waits."""
        version = self.awaiting(member)
        return None if version is None or version.grace_for(member) else version

    def accepted_by(self, member):
        """The version that the member accepted last, or none."""
        return self.filter(pk=member.accepted_charter_id).first() if member.accepted_charter_id else None

    def numbered(self, number):
        """The version with that number, or none."""
        return self.filter(number=number).first()

    def with_words(self):
        """All that is needed to show the text, in three further queries whatever the number of articles."""
        from .models import Article

        return self.prefetch_related("texts", Prefetch("articles", Article.objects.prefetch_related("texts")))


class AcceptanceQuerySet(models.QuerySet):
    def with_versions(self):
        """With the version that each one is of, the newest first."""
        return self.select_related("version").order_by("-pk")
