from django.db import models


class TagQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Tags as such; a name may be a secret of the place it was made in: see `discovery.querysets`."""
        return self.filter(merged_into=None)

    def named_like(self, text):
        """Tags of which a name in any language starts with, or resembles, the text; most used first."""
        from .models import normalise

        return (
            self.filter(merged_into=None, names__normalised__contains=normalise(text))
            .order_by("-use_count", "name")
            .distinct()
        )
