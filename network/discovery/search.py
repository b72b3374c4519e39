"""Search: one index of words in the language of each text; names of places, people and tags beside it."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, FloatField, Func, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils.html import escape
from django.utils.safestring import mark_safe

from network.conversation.models import Contribution, Space
from network.core.sql import Unaccent
from network.members.models import Member
from network.tags.models import TagName, normalise

from .querysets import tags_completing, tags_known_to

SIZE = 20
# Ranking looks at every hit: at the newest thousand, and no further.
MOST_RANKED = 1000
LANGUAGES = ("fr", "nl", "en")
# Marks that no text holds stand for the words found until the text around them is escaped.
_START, _STOP = "\x02", "\x03"
_HEADLINE = (
    f"StartSel={_START}, StopSel={_STOP}, MaxFragments=2, MinWords=8, MaxWords=24, FragmentDelimiter= … "
)

# Each text is asked in its own language, so that a word excluded is excluded whatever its endings.
_MATCHES = " or ".join(
    f"(conversation_contribution.language = '{code}' and conversation_contribution.search"
    f" @@ websearch_to_tsquery('public.boucle_{code}', %s))"
    for code in LANGUAGES
)
_QUERY = "case conversation_contribution.language {} end".format(
    " ".join(f"when '{code}' then websearch_to_tsquery('public.boucle_{code}', %s)" for code in LANGUAGES)
)
_CONFIGURATION = "case conversation_contribution.language {} end".format(
    " ".join(f"when '{code}' then 'public.boucle_{code}'::regconfig" for code in LANGUAGES)
)


# The marks that people, and their telephones, put around words that stand together.
_STRAIGHT_QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"')


@dataclass
class Results:
    """What a search found. `total` counts the contributions, up to a thousand: beyond, `more` is true."""

    hits: list = field(default_factory=list)
    total: int = 0
    more: bool = False
    page: int = 1
    pages: int = 1
    spaces: list = field(default_factory=list)
    members: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    # When nothing was found: titles and tags that look like what was typed.
    similar: list = field(default_factory=list)
    similar_tags: list = field(default_factory=list)

    @property
    def previous(self):
        return self.page - 1

    @property
    def next(self):
        return self.page + 1 if self.page < self.pages else 0

    @property
    def found_anything(self):
        return bool(self.total or self.spaces or self.members or self.tags)


def search(text, member, *, kind="", languages=(), page=1):
    """What the member may find for the words `text`, narrowed to one kind of contribution and to languages.

    Words are found whatever their endings and accents; "quoted words" stand together, -word excludes.
    """
    text = text.translate(_STRAIGHT_QUOTES)
    ranked, more = _ranked(text, member, kind, languages)
    results = Results(total=len(ranked), more=more)
    results.pages = max(1, -(-len(ranked) // SIZE))
    results.page = min(max(1, page), results.pages)
    shown = ranked[(results.page - 1) * SIZE : results.page * SIZE]
    if shown:
        results.hits = _with_headlines(shown, text, member)
    if results.page == 1 and not kind:
        results.spaces = list(
            Space.objects.visible_to(member).matching(text).order_by("-last_activity_at", "-pk")[:5]
        )
        results.members = list(
            Member.objects.visible_to(member)
            .matching(text)
            .select_related("institution")
            .order_by("name", "pk")[:5]
        )
        results.tags = list(tags_completing(text, member))
    if not results.found_anything:
        _add_what_looks_alike(results, text, member)
    return results


def _ranked(text, member, kind, languages):
    """Keys of the newest hits, the best first, and whether there are more."""
    hits = (
        Contribution.objects.visible_to(member)
        .released()
        .filter(RawSQL(_MATCHES, [text] * len(LANGUAGES), BooleanField()))  # noqa: S611 - words are parameters
    )
    if kind:
        hits = hits.filter(kind=kind)
    if languages:
        hits = hits.filter(language__in=languages)
    rank = RawSQL(  # noqa: S611 - words are parameters
        f"ts_rank(conversation_contribution.search, {_QUERY})", [text] * len(LANGUAGES), FloatField()
    )
    newest = list(hits.annotate(rank=rank).order_by("-pk").values_list("rank", "pk")[: MOST_RANKED + 1])
    best = sorted(newest[:MOST_RANKED], reverse=True)
    return [key for _rank, key in best], len(newest) > MOST_RANKED


def _with_headlines(keys, text, member):
    headline = RawSQL(  # noqa: S611 - the words are parameters
        f"ts_headline({_CONFIGURATION}, conversation_contribution.body_text, {_QUERY}, %s)",
        [*[text] * len(LANGUAGES), _HEADLINE],
        TextField(),
    )
    found = (
        Contribution.objects.filter(pk__in=keys)
        .visible_to(member)
        .select_related("author__institution", "institution", "space", "root")
        .defer("body", "body_text", "root__body", "root__body_text", "author__password", "author__bio")
        .annotate(words=headline)
        .in_bulk()
    )
    hits = [found[key] for key in keys if key in found]
    for hit in hits:
        hit.headline = _mark(hit.words)
    return hits


def _mark(words):
    marked = escape(words).replace(_START, "<mark>").replace(_STOP, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped just above


def _add_what_looks_alike(results, text, member):
    """Titles and tags that a typing mistake may have meant; how much they must look alike is said in the settings."""
    results.similar = list(_similar_titles(text, member)[:5])
    results.similar_tags = list(_similar_tags(text, member)[:5])


class WordSimilarity(Func):
    """How much a part of the second text looks like the first, from 0 to 1."""

    function = "word_similarity"
    output_field = FloatField()


def _similar_titles(text, member):
    typed, title = Unaccent(Lower(Value(text))), Unaccent(Lower("title"))
    return (
        Contribution.objects.visible_to(member)
        .roots()
        .released()
        .alias(words=title, likeness=WordSimilarity(typed, title))
        .filter(words__trigram_word_similar=typed)
        .order_by("-likeness", "-pk")
        .select_related("space")
        .defer("body", "body_text")
    )


def _similar_tags(text, member):
    names = TagName.objects.filter(normalised__trigram_similar=normalise(text))
    return tags_known_to(member).filter(pk__in=names.values("tag")).order_by("-use_count", "name")
