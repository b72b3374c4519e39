from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation.models import Contribution
from network.core.answers import require
from network.core.decorators import member_required
from network.core.refusals import Refused

from .. import actions
from ..forms import ReturnForm
from ..permissions import can_review_contribution
from ..querysets import to_review
from .groups import find_group


def _page(request, group, sent=None, sent_for=None):
    waiting = list(to_review(group))
    for contribution in waiting:
        mine = contribution.pk == sent_for
        contribution.form = sent if mine else ReturnForm(auto_id=f"id_{contribution.pk}_%s")
    return render(request, "groups/review.html", {"group": group, "waiting": waiting})


@member_required
@require_safe
def review(request, slug):
    """Newcomers' first contributions that wait to be looked at."""
    group = find_group(request, slug)
    require(can_review_contribution(request.user, group))
    return _page(request, group)


@member_required
@require_http_methods(["GET", "POST"])
def review_one(request, slug, pk):
    """Publish a newcomer's first contribution, or give it back with why."""
    group = find_group(request, slug)
    require(can_review_contribution(request.user, group))
    if request.method == "GET":
        return redirect("groups:review", slug=slug)
    contribution = get_object_or_404(Contribution, pk=pk, space=group)
    form = ReturnForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _page(request, group, form, pk)
    try:
        done, words = _answer(request, contribution, form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        return _page(request, group, form, pk)
    messages.success(request, words if done else _("This doesn't wait any more."))
    return redirect("groups:review", slug=slug)


def _answer(request, contribution, reason):
    """Whether the answer counted, and what is said of it then."""
    if request.POST.get("answer") == "approve":
        return actions.approve_contribution(contribution, actor=request.user), _("It is published.")
    done = actions.refuse_contribution(contribution, actor=request.user, reason=reason)
    return done, _("It is given back, and the member is told why.")
