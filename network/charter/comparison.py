"""What differs between two versions of the charter, for whoever accepted the one before."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from network.core.differences import marked_lines

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


def _lines(text):
    """One article, line by line, as it is compared."""
    if text is None:
        return []
    lines = [text.title, *text.text.splitlines()]
    lines += [f"+ {example}" for example in text.may] + [f"− {example}" for example in text.may_not]
    return [line for line in lines if line.strip()]


def _opening_lines(version, language):
    opening = version.text_in(language)
    return (
        [opening.title, *(line for line in opening.preamble.splitlines() if line.strip())] if opening else []
    )


def differences_between(old, new, language):
    """What the new version says otherwise, in its order: kind ("added", "changed", "removed"), article and lines.

    Both are fetched `with_words()`. The preamble comes first where it changed; articles that only moved aren't there.
    """
    before = {article.code: article for article in old.articles.all()}
    found = []
    openings = _opening_lines(old, language), _opening_lines(new, language)
    if openings[0] != openings[1]:
        found.append(SimpleNamespace(kind="changed", article=None, lines=marked_lines(*openings)))
    for article in new.articles.all():
        former = before.pop(article.code, None)
        lines = _lines(former.text_in(language)) if former else [], _lines(article.text_in(language))
        if lines[0] != lines[1]:
            kind = "changed" if former else "added"
            found.append(SimpleNamespace(kind=kind, article=article, lines=marked_lines(*lines)))
    found += [
        SimpleNamespace(
            kind="removed", article=article, lines=marked_lines(_lines(article.text_in(language)), [])
        )
        for article in before.values()
    ]
    return found
