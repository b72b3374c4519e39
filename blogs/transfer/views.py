"""Bringing one's posts along: send a file, see what would come in, say yes, watch it come in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import in_order
from network.core.refusals import Refused

from ..models import Blog
from . import actions
from .forms import SendForm, StartForm
from .models import Import
from .permissions import can_import_posts, can_see_import


def _own(request, pk):
    batch = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    require(can_see_import(request.user, batch))
    return batch


@member_required
@require_http_methods(["GET", "POST"])
def send(request):
    """Send a file of posts. Nothing of it comes in before one has seen what would."""
    require(can_import_posts(request.user))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SendForm(*sent)
    if form.is_valid():
        try:
            return redirect(actions.send_import(form.cleaned_data["file"], actor=request.user))
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "imports": Import.objects.visible_to(request.user)[:5]}
    return render(request, "blogs/transfer/send.html", context)


@member_required
@require_safe
def show(request, pk):
    """What would come in, how far it is, or what came in: the page asks again while something is under way."""
    batch = _own(request, pk)
    counts = batch.items.counts()
    context = {
        "batch": batch,
        "counts": counts,
        "total": sum(counts.values()),
        "done": counts.get("done", 0),
        "coming": counts.get("done", 0) + counts.get("new", 0),
        "piece": in_order(batch.items.for_list(), request.GET.get("after", ""), size=50, by="position"),
        "form": StartForm(),
        "blog": Blog.objects.of(request.user),
    }
    return render(request, "blogs/transfer/import.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def start(request, pk):
    """Say yes: what was listed as new comes in."""
    batch = _own(request, pk)
    form = StartForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_import(batch, actor=request.user, audience=form.cleaned_data["audience"])
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(batch)


@member_required
@require_http_methods(["GET", "POST"])
def drop(request, pk):
    """Let the file go; what came in stays."""
    batch = _own(request, pk)
    if request.method == "GET":
        return redirect(batch)
    actions.drop_import(batch, actor=request.user)
    messages.success(request, _("The file is gone. Nothing else was changed."))
    return redirect("transfer:send")
