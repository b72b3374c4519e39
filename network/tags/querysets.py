from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce


class TagQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Tags as such; a name may be a secret of the place it was made in: see `discovery.querysets`."""
        return self.filter(merged_into=None)

    def meant_by(self, words):
        """The tags that an address or a name in any language stands for; `idea` is the key of the one they became."""
        from .models import TagName, normalise

        named = TagName.objects.filter(normalised=normalise(words)).values("tag")
        return self.filter(Q(slug=words) | Q(pk__in=named)).annotate(idea=Coalesce("merged_into", "pk"))

    def named_like(self, text):
        """Tags of which a name in any language starts with, or resembles, the text; most used first."""
        from .models import normalise

        return (
            self.filter(merged_into=None, names__normalised__contains=normalise(text))
            .order_by("-use_count", "name")
            .distinct()
        )
