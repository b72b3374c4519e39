"""Keeping order among topics: what facilitators do from a topic's menu."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation.models import Contribution
from network.conversation.permissions import remember_membership
from network.core.answers import require
from network.core.decorators import member_required
from network.core.numbers import whole_number
from network.core.refusals import Refused

from .. import actions
from ..forms import MergeForm, MoveForm, SplitForm
from ..models import Group, Topic
from ..permissions import can_accept_reply, can_acknowledge, can_order_topic, can_see_acknowledgements
from ..querysets import acknowledgements_of, joinable_topics, replies_to_split


def _find(request, slug, pk, permission):
    """The topic, for those who may do this with it."""
    found = get_object_or_404(Topic.objects.for_page(slug, request.user), pk=pk)
    remember_membership(request.user, found.space, found.tie)
    require(permission(request.user, found))
    return found


@member_required
@require_http_methods(["GET", "POST"])
def accept(request, slug, pk, number):
    """Say that a reply answers the question; pressing again takes that back."""
    topic = _find(request, slug, pk, can_accept_reply)
    reply = get_object_or_404(Contribution.objects.in_thread(topic).released(), number=number)
    if request.method == "POST":
        accepted = topic.accepted_reply_id != reply.pk
        actions.accept_reply(reply, actor=request.user, accepted=accepted)
        messages.success(
            request,
            _("This reply now stands first, as the answer.")
            if accepted
            else _("The question has no accepted answer any more."),
        )
    return redirect(topic)


@member_required
@require_http_methods(["GET", "POST"])
def pin(request, slug, pk):
    """Keep a topic at the top of its group, or let it go."""
    topic = _find(request, slug, pk, can_order_topic)
    if request.method == "POST":
        pinned = request.POST.get("pinned") == "yes"
        actions.pin_topic(topic, actor=request.user, pinned=pinned)
        messages.success(
            request,
            _("The topic stays at the top of the group.") if pinned else _("The topic is no longer pinned."),
        )
    return redirect(topic)


@member_required
@require_http_methods(["GET", "POST"])
def lock(request, slug, pk):
    """Close a topic to replies, or open it again."""
    topic = _find(request, slug, pk, can_order_topic)
    if request.method == "POST":
        locked = request.POST.get("locked") == "yes"
        try:
            actions.lock_topic(topic, actor=request.user, locked=locked)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("The topic is closed to replies.") if locked else _("The topic is open to replies."),
            )
    return redirect(topic)


@member_required
@require_http_methods(["GET", "POST"])
def move(request, slug, pk):
    """Move a topic to another group."""
    topic = _find(request, slug, pk, can_order_topic)
    form = MoveForm(request.POST or None, groups=Group.objects.to_move_to(request.user, topic.space_id))
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.move_topic(topic, actor=request.user, to=data["group"], widen=data["widen"])
        except Refused as refusal:
            form.add_error("group", str(refusal))
        else:
            messages.success(request, _("The topic stands in %(group)s now.") % {"group": data["group"]})
            return redirect("conversation:contribution", pk=topic.pk)
    return render(request, "groups/move_topic.html", {"group": topic.space, "topic": topic, "form": form})


@member_required
@require_http_methods(["GET", "POST"])
def merge(request, slug, pk):
    """Make a topic and its replies replies of another topic."""
    topic = _find(request, slug, pk, can_order_topic)
    form = MergeForm(request.POST or None, topics=joinable_topics(topic))
    if form.is_valid():
        try:
            opening = actions.merge_topics(topic, actor=request.user, into=form.cleaned_data["into"])
        except Refused as refusal:
            form.add_error("into", str(refusal))
        else:
            messages.success(request, _("The two topics are one now."))
            return redirect(opening)
    return render(request, "groups/merge_topic.html", {"group": topic.space, "topic": topic, "form": form})


@member_required
@require_http_methods(["GET", "POST"])
def split(request, slug, pk):
    """Make a topic of its own out of some replies."""
    topic = _find(request, slug, pk, can_order_topic)
    replies = replies_to_split(topic, whole_number(request.GET.get("from"), 1))
    form = SplitForm(request.POST or None, replies=replies)
    if form.is_valid():
        try:
            new = actions.split_topic(topic, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("numbers", str(refusal))
        else:
            messages.success(request, _("These replies are a topic of their own now."))
            return redirect(new)
    return render(request, "groups/split_topic.html", {"group": topic.space, "topic": topic, "form": form})


@member_required
@require_http_methods(["GET", "POST"])
def acknowledge(request, slug, pk):
    """Confirm that one has read an announcement."""
    topic = _find(request, slug, pk, can_acknowledge)
    if request.method == "POST":
        actions.acknowledge(topic, actor=request.user)
        messages.success(request, _("You have confirmed that you read this announcement."))
    return redirect(topic)


@member_required
@require_safe
def acknowledgements(request, slug, pk):
    """Who has confirmed that they read an announcement."""
    topic = _find(request, slug, pk, can_see_acknowledgements)
    context = {
        "group": topic.space,
        "topic": topic,
        "piece": acknowledgements_of(topic, request.GET.get("after", "")),
    }
    return render(request, "groups/acknowledgements.html", context)
