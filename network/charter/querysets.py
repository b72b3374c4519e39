from django.db import models
from django.db.models import Prefetch


class CharterVersionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Everybody may read every version since its publication: drafts belong to administrators."""
        return self.exclude(state="draft")

    def in_force(self):
        """The version that binds members today, or none before the first."""
        return self.filter(state="in_force").first()

    def announced(self):
        """The published version that comes into force on a day that members know, or none."""
        return self.filter(state="published", announced_for__isnull=False).order_by("announced_for").first()

    def standing(self):
        """What every page has to know, in one query: the version in force and the announced one, or None each."""
        rows = self.only("number", "state", "grace_until", "announced_for").filter(
            models.Q(state="in_force") | models.Q(state="published", announced_for__isnull=False)
        )
        found = {row.state: row for row in rows.order_by("-announced_for")}
        return found.get("in_force"), found.get("published")

    def due_at(self, now):
        """Those announced for a day that has come, the oldest first."""
        return self.filter(state="published", announced_for__lte=now).order_by("number")

    def before(self, version):
        """The version that this one takes the place of: the last one before it that was in force, or none."""
        former = self.filter(number__lt=version.number, in_force_at__isnull=False)
        return former.order_by("-number").first()

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
    def of(self, version):
        """Those of one version, in the order in which they came, with their members."""
        return self.filter(version=version).select_related("member").order_by("pk")

    def with_versions(self):
        """With the version that each one is of, the newest first."""
        return self.select_related("version").order_by("-pk")
