"""Texts in three languages: the words of the demonstration network, inflected as people wrote them, by a Zipf law."""

import re
from collections import Counter
from functools import cache
from itertools import accumulate

from network.demo.loading.world import DATA, read

LANGUAGES = ("fr", "nl", "en")
# Rare words stand behind these: what a language builds from its own words.
BEGINNINGS = {
    "fr": ("inter", "sous", "auto", "multi", "contre", "micro"),
    "nl": ("gemeente", "burger", "hoofd", "samen", "beleids", "kern"),
    "en": ("inter", "over", "under", "multi", "counter", "micro"),
}
SHORTEST_TO_BUILD_ON = 6
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"<[^>]+>")
_SENTENCE, _PARAGRAPH = (7, 17), (2, 6)


def _texts(data, language=None):
    """Every text of a data file with its language, where it has one."""
    if isinstance(data, dict):
        language = data.get("language", language)
        for key, value in data.items():
            own = key[-2:] if key in LANGUAGES or (key[-3:-2] == "_" and key[-2:] in LANGUAGES) else language
            yield from _texts(value, own)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, language)
    elif isinstance(data, str) and language in LANGUAGES:
        yield language, data


@cache
def _counted():
    counts = {language: Counter() for language in LANGUAGES}
    for path in sorted(DATA.rglob("*.toml")):
        for language, text in _texts(read(path.relative_to(DATA).with_suffix(""))):
            counts[language].update(_WORD.findall(_MARKUP.sub(" ", text).lower()))
    return counts


@cache
def vocabulary(language):
    """The words of a language, the most used first."""
    counts = _counted()[language]
    known = [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    long = [word for word in known if len(word) >= SHORTEST_TO_BUILD_ON]
    built = [beginning + word for beginning in BEGINNINGS[language] for word in long]
    return [*known, *(word for word in built if word not in counts)]


class Writer:
    """Writes texts with one source of chance."""

    def __init__(self, chance):
        self.chance = chance
        self._languages = {}
        for language in LANGUAGES:
            words = vocabulary(language)
            weights = [1 / (rank + 2.7) for rank in range(len(words))]
            mean = sum(len(w) * p for w, p in zip(words, weights, strict=True)) / sum(weights)
            self._languages[language] = words, list(accumulate(weights)), mean + 1.2

    def words(self, language, count):
        """So many words in a row, without capitals."""
        words, weights, _ = self._languages[language]
        return self.chance.choices(words, cum_weights=weights, k=count)

    def title(self, language, most=160):
        """A title of a few words."""
        return " ".join(self.words(language, self.chance.randint(4, 8))).capitalize()[:most]

    def text(self, language, characters):
        """About so many characters as (HTML, plain text), in paragraphs of sentences."""
        words = self.words(language, max(4, round(characters / self._languages[language][2])))
        paragraphs, sentences, start = [], [], 0
        full = self.chance.randint(*_PARAGRAPH)
        while start < len(words):
            stop = start + self.chance.randint(*_SENTENCE)
            sentences.append(" ".join(words[start:stop]).capitalize() + ".")
            start = stop
            if len(sentences) >= full:
                paragraphs.append(" ".join(sentences))
                sentences, full = [], self.chance.randint(*_PARAGRAPH)
        if sentences:
            paragraphs.append(" ".join(sentences))
        return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), "\n\n".join(paragraphs)
