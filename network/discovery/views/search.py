from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.core.numbers import whole_number
from network.members.reading import reading

from .. import search as searching
from ..forms import SearchForm


@require_safe
def search(request):
    """Find words in what one may read, and places, people and tags by their names."""
    form = SearchForm(request.GET, reading=reading(request))
    context = {"form": form}
    if form.is_valid() and form.cleaned_data["q"].strip():
        wanted = form.cleaned_data
        context["results"] = searching.search(
            wanted["q"].strip(),
            request.user,
            kind=wanted["kind"],
            languages=form.languages,
            page=whole_number(request.GET.get("page"), 1),
        )
    return render(request, "discovery/search.html", context)
