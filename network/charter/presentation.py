"""A version of the charter as pages and programs get it. Reads nothing: give it a version `with_words()`."""

from django.urls import reverse

from network.core.models import Language


def presented(version, language, *, changes=None):
    """What the templates of the charter take, in the reader's language or else in French."""
    language = version.language_for(language[:2])
    codes = changes.codes if changes else set()
    return {
        "version": version,
        "reading_language": language,
        "is_translation": language == Language.EN,
        "opening": version.text_in(language),
        "articles": [
            {
                "number": article.number,
                "code": article.code,
                "gravity": article.get_gravity_display(),
                "text": article.text_in(language),
                "changed": article.code in codes,
            }
            for article in version.articles.all()
        ],
        "changes": changes,
    }


def as_json(version):
    """A version in all its languages, as plain data."""
    return {
        "version": version.number,
        "state": version.state,
        "published_at": version.published_at,
        "announced_for": version.announced_for,
        "in_force_at": version.in_force_at,
        "digest": version.digest,
        "url": reverse("charter:version", args=[version.number]),
        "texts": {
            text.language: {"title": text.title, "preamble": text.preamble} for text in version.texts.all()
        },
        "articles": [
            {
                "code": article.code,
                "number": article.number,
                "gravity": article.gravity,
                "texts": {
                    text.language: {
                        "title": text.title,
                        "text": text.text,
                        "may": text.may,
                        "may_not": text.may_not,
                    }
                    for text in article.texts.all()
                },
            }
            for article in version.articles.all()
        ],
    }


def proof_as_json(acceptances):
    """What a member accepted and when, as plain data; give it acceptances `with_versions()`."""
    return {
        "acceptances": [
            {
                "version": acceptance.version.number,
                "accepted_at": acceptance.accepted_at,
                "language": acceptance.language,
                "digest_of_the_text_read": acceptance.digest,
                "digest_of_the_version": acceptance.version.digest,
                "url": reverse("charter:version", args=[acceptance.version.number]),
            }
            for acceptance in acceptances
        ]
    }


def acceptance_rows(acceptances):
    """The acceptances of one version as rows of a table, its headings first."""
    yield ["member", "name", "language", "accepted_at", "digest_of_the_text_read"]
    for acceptance in acceptances:
        yield [
            acceptance.member_id,
            str(acceptance.member),
            acceptance.language,
            acceptance.accepted_at.isoformat(),
            acceptance.digest,
        ]
