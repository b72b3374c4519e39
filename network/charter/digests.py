"""The fingerprints of the charter: what was published, and what somebody read."""

import hashlib
import json

from network.core.models import Language


def _fingerprint(words):
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _words_in(version, language):
    opening = version.text_in(language)
    return {
        "version": version.number,
        "title": opening.title if opening else "",
        "preamble": opening.preamble if opening else "",
        "articles": [
            {
                "code": article.code,
                "number": article.number,
                "gravity": article.gravity,
                **article_words(article.text_in(language)),
            }
            for article in version.articles.all()
        ],
    }


def article_words(text):
    """What one article says, as it counts for its fingerprint; empty without a text."""
    if text is None:
        return {}
    return {"title": text.title, "text": text.text, "may": text.may, "may_not": text.may_not}


def digest(version):
    """SHA-256, in hexadecimal, of the whole version in all its languages."""
    return _fingerprint({language: _words_in(version, language) for language in Language.values})


def digest_in(version, language):
    """SHA-256, in hexadecimal, of the version as it reads in one language."""
    return _fingerprint({"language": language, **_words_in(version, language)})
