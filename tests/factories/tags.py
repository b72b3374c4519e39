import factory

from network.tags.models import Tag, TagName, normalise


class TagFactory(factory.django.DjangoModelFactory):
    """A tag with one name, in English."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"theme {n}")
    slug = factory.LazyAttribute(lambda tag: normalise(tag.name).replace(" ", "-"))
    label_en = factory.SelfAttribute("name")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        tag = super()._create(model_class, *args, **kwargs)
        TagName.objects.create(tag=tag, language="en", name=tag.name, normalised=normalise(tag.name))
        return tag
