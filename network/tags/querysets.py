from django.db import models


class TagQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Every tag in use is public; what stands under it is not: the contributions decide."""
        return self.filter(merged_into=None)

    def named_like(self, text):
        """Tags of which a name in any language starts with, or resembles, the text; most used first."""
        from .models import normalise

        return (
            self.filter(merged_into=None, names__normalised__contains=normalise(text))
            .order_by("-use_count", "name")
            .distinct()
        )
