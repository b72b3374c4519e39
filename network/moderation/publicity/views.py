"""The register of decisions and the figures, for everybody."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.core.paging import newest_first
from network.core.tables import csv_response

from ..querysets import articles_in_force
from . import reading
from . import register as entries

# How many decisions a program gets at once.
PIECE = 200


def _article(request):
    """The code of the article asked for, or nothing; no code is as long as that."""
    return request.GET.get("article", "").replace("\x00", "")[:40]


def _piece(request, size):
    found = entries.decisions(_article(request))
    return newest_first(found, request.GET.get("after", ""), by="id", size=size)


@require_safe
def register(request):
    """Every decision, without names, the newest first; those that cite one article where it is asked."""
    piece = _piece(request, 20)
    context = {
        "piece": piece,
        "entries": [entries.Entry(decision) for decision in piece],
        "articles": articles_in_force(),
        "article": _article(request),
    }
    return render(request, "moderation/publicity/register.html", context)


@require_safe
def register_json(request):
    """The register for programs, by pieces."""
    data = entries.page_as_json(_piece(request, PIECE), _article(request))
    return JsonResponse(data, json_dumps_params={"indent": 2})


@require_safe
def register_csv(request):
    """The whole register for spreadsheets, sent as it is read."""
    found = entries.decisions(_article(request)).order_by("-id").iterator(PIECE)
    return csv_response("register.csv", entries.rows(found))


@require_safe
def transparency(request):
    """The figures of a period, and the last months as plots."""
    figures = reading.FiguresReading(request.GET.get("period", ""))
    return render(request, "moderation/publicity/transparency.html", {"figures": figures})


@require_safe
def figures_json(request):
    """The figures for programs."""
    return JsonResponse(reading.figures_as_json(), json_dumps_params={"indent": 2})


@require_safe
def figures_csv(request):
    """The figures for spreadsheets."""
    return csv_response("figures.csv", reading.figures_rows())
