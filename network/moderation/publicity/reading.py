"""The figures of a period as the page, programs and spreadsheets get them."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Appeal, PeriodFigures, Sanction
from ..querysets import articles_in_force
from .figures import FAMILIES, FEWEST, MEDIANS, SUMS
from .register import MEASURES

# How many months the plots show.
MONTHS = 12
# How many periods one can choose from, and get as data.
MOST_PERIODS = 60

TITLES = {
    "reports": _("Reports"),
    "reports_by_article": _("Articles that reports invoke"),
    "reports_of_illegality": _("Reports of something against the law"),
    "own_initiative": _("Cases opened by moderators themselves"),
    "decisions": _("Decisions"),
    "measures_on_content": _("Measures on content"),
    "measures_on_people": _("Measures on people"),
    "automation": _("Automatic decisions that a moderator looked at"),
    "appeals_received": _("Appeals received"),
    "appeals_judged": _("Appeals judged"),
    "withdrawn": _("Decisions withdrawn by the moderators"),
    "active_members": _("Members who read, wrote or reacted"),
    "hours_to_decision": _("Median time from report to decision, in hours"),
    "hours_to_judgment": _("Median time to judge an appeal, in hours"),
}
CELLS = {
    "reports": {"members": _("by members"), "visitors": _("by visitors")},
    "decisions": {
        "breach": _("a breach, with measures"),
        "no_breach": _("no breach"),
        "automatic": _("automatic, until somebody looked"),
    },
    "measures_on_content": {measure.value: label for measure, label in MEASURES.items()},
    "measures_on_people": {kind.value: kind.label for kind in Sanction.Kind},
    "automation": {"confirmed": _("confirmed"), "erred": _("not confirmed: the site erred")},
    "appeals_judged": {outcome.value: outcome.label for outcome in Appeal.Outcome},
}
# What the plots show, over the last months: family, cell and title.
PLOTS = (
    ("reports", "total", _("Reports a month")),
    ("decisions", "total", _("Decisions a month")),
    ("hours_to_decision", "median", _("Median hours from report to decision")),
    ("active_members", "count", _("Active members a month")),
)


def name_of(period):
    """A period in words: "November 2026", or the year."""
    year, _dash, month = period.partition("-")
    return date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT") if month else year


def shown(number):
    """A number in words of the reader's language; what isn't told says so."""
    if number is None:
        return gettext("not told")
    return number_format(number, use_l10n=True, force_grouping=True)


@dataclass
class Bar:
    """A month in a plot: its name, its number in words, and its length in hundredths of the longest."""

    label: str
    text: str
    percent: int | None


class FiguresReading:
    """What the page shows: one period whole, and the last months of a few figures. Two or three queries."""

    def __init__(self, wanted=""):
        self.periods = list(PeriodFigures.objects.defer("raw")[:MOST_PERIODS])
        by_name = {figures.period: figures for figures in self.periods}
        months = [figures for figures in self.periods if figures.is_month]
        self.chosen = by_name.get(wanted) or (months[0] if months else None)
        self.months = months[:MONTHS][::-1]

    @property
    def choices(self):
        """The periods to choose from, the newest first: pairs of code and name."""
        return [(figures.period, name_of(figures.period)) for figures in self.periods]

    @property
    def headers(self):
        return [gettext("What"), gettext("Number")]

    @property
    def name(self):
        return name_of(self.chosen.period)

    @cached_property
    def _articles(self):
        return {article.code: f"{article.number}. {article.title}" for article in articles_in_force()}

    def _label(self, family, cell):
        if family == "reports_by_article":
            return self._articles.get(cell, cell)
        return CELLS[family][cell]

    @property
    def tables(self):
        """The families that have parts: a title, and rows of words and number, their sum last."""
        for family in FAMILIES:
            cells = dict(self.chosen.told[family])
            if set(cells) == {"count"}:
                continue
            total = cells.pop(SUMS[family]) if family in SUMS else None
            if family == "reports_by_article":
                cells = {code: cells.get(code, 0) for code in [*self._articles, *cells]}
            else:
                # In the order of their names here: the database keeps another.
                cells = {cell: cells[cell] for cell in CELLS[family] if cell in cells}
            rows = [[self._label(family, cell), shown(number)] for cell, number in cells.items()]
            if family in SUMS:
                rows.append([gettext("Together"), shown(total)])
            yield {"title": TITLES[family], "rows": rows}

    @property
    def single(self):
        """The figures that stand alone: rows of words and number."""
        told = self.chosen.told
        rows = [
            [TITLES[family], shown(told[family]["count"])] for family in FAMILIES if "count" in told[family]
        ]
        return rows + [[TITLES[family], shown(told[family]["median"])] for family in MEDIANS]

    @property
    def plots(self):
        """The last months of a few figures, as bars."""
        for family, cell, title in PLOTS:
            numbers = [figures.told[family].get(cell) for figures in self.months]
            longest = max((number for number in numbers if number), default=0)
            yield {
                "title": title,
                "bars": [
                    Bar(
                        name_of(figures.period),
                        shown(number),
                        None if number is None else round(100 * number / longest) if longest else 0,
                    )
                    for figures, number in zip(self.months, numbers, strict=True)
                ],
            }


def figures_as_json():
    """What is told of every period, as plain data; null is what is hidden."""
    periods = PeriodFigures.objects.defer("raw")[:MOST_PERIODS]
    return {
        "hidden_below": FEWEST,
        "periods": [{"period": figures.period, "figures": figures.told} for figures in periods],
    }


def figures_rows():
    """The same as rows of a table, their headings first; an empty value is what is hidden."""
    yield ["period", "family", "figure", "value"]
    for figures in PeriodFigures.objects.defer("raw")[:MOST_PERIODS]:
        for family, cells in figures.told.items():
            for cell, number in cells.items():
                yield [figures.period, family, cell, "" if number is None else number]
