import factory
from django.utils import timezone

from network.charter.models import Article, ArticleText, CharterText, CharterVersion

ARTICLES = {
    "respect": ("Respect", "Respect", "Respect"),
    "discretion": ("Discrétion", "Discretie", "Discretion"),
    "privacy": ("Vie privée", "Privacy", "Privacy"),
}
LANGUAGES = ("fr", "nl", "en")


class CharterFactory(factory.django.DjangoModelFactory):
    """A version with three articles in three languages, in force unless `state` says otherwise."""

    class Meta:
        model = CharterVersion

    number = factory.Sequence(lambda n: n + 1)
    state = "in_force"

    @classmethod
    def _create(cls, model_class, *args, state, **kwargs):
        version = model_class.objects.create(state="draft", **kwargs)
        CharterText.objects.bulk_create(
            CharterText(
                version=version, language=code, title=f"Charter ({code})", preamble="Why we are here."
            )
            for code in LANGUAGES
        )
        for number, (code, titles) in enumerate(ARTICLES.items(), 1):
            article = Article.objects.create(version=version, code=code, number=number, gravity=number)
            ArticleText.objects.bulk_create(
                ArticleText(article=article, language=language, title=title, text=f"What {title} means.")
                for language, title in zip(LANGUAGES, titles, strict=True)
            )
        if state != "draft":
            version.published_at = timezone.now()
            version.digest = f"{version.number:064x}"
            if state != "published":
                version.in_force_at = timezone.now()
            version.state = state
            version.save()
        return version
