"""What differs between two versions of the charter, for whoever accepted the one before."""

from dataclasses import dataclass, field

from .digests import article_words


@dataclass
class Changes:
    """Articles of the new version that are new or say something else, and those of the old that are gone."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.added or self.changed or self.removed)

    @property
    def codes(self):
        """The codes of what one has to read again."""
        return {article.code for article in (*self.added, *self.changed)}


def changes_between(old, new, language):
    """Compare two versions, both fetched `with_words()`, as they read in a language, article by article."""
    before = {article.code: article for article in old.articles.all()}
    changes = Changes()
    for article in new.articles.all():
        former = before.pop(article.code, None)
        if former is None:
            changes.added.append(article)
        elif article_words(former.text_in(language)) != article_words(article.text_in(language)):
            changes.changed.append(article)
    changes.removed.extend(before.values())
    return changes
