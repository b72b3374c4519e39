from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.conversation.permissions import can_read_space
from network.core.answers import require
from network.members.reading import reading

from ..querysets import questions_for
from .groups import find_group


@require_safe
def questions(request, slug=None):
    """The questions that nothing answers yet: of a group, or of the whole network."""
    group = find_group(request, slug) if slug else None
    if group:
        require(can_read_space(request.user, group))
    read = reading(request)
    piece = questions_for(request.user, request.GET.get("after", ""), group, read.languages)
    return render(request, "groups/questions.html", {"group": group, "piece": piece, "reading": read})
