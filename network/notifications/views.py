from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import newest_first

from . import actions, kinds, messages
from .models import Notification
from .permissions import can_open_notification, can_stop_mail
from .presentation import by_thread


@member_required
@require_safe
def notifications(request):
    """What a member was told, the newest first."""
    piece = newest_first(
        Notification.objects.visible_to(request.user).for_list(),
        request.GET.get("after", ""),
        by="updated_at",
    )
    return render(request, "notifications/list.html", {"piece": piece, "groups": by_thread(piece)})


@member_required
@require_POST
def read_all(request):
    """Everything is read."""
    actions.read_all_notifications(actor=request.user)
    return redirect("notifications:list")


@member_required
@require_safe
def open_notification(request, pk):
    """Lead to what a notification is about; it is read then."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user).for_list(), pk=pk)
    require(can_open_notification(request.user, notification))
    actions.read_notification(notification, actor=request.user)
    return redirect(notification.target_url)


# The mail program that posts here has neither session nor token of the site: the signature is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Stop messages of one kind with one click, without logging in. Opening the link alone stops nothing."""
    told = messages.read_stop_token(token)
    if told is None:
        raise Http404
    member_id, code = told
    require(can_stop_mail(code))
    if request.method == "POST":
        actions.stop_mail(member_id, code)
    return render(
        request,
        "notifications/stop.html",
        {"kind": kinds.get(code), "stopped": request.method == "POST"},
    )
