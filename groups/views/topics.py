from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.conversation.actions import mark_all_read
from network.conversation.attachments import append_file
from network.conversation.forms import typed_before
from network.conversation.models import Contribution
from network.conversation.permissions import can_reply, can_write_in_space, remember_membership
from network.conversation.views import reply_to, thread_context
from network.core.decorators import member_required
from network.core.parking import park
from network.core.refusals import Refused

from .. import actions
from ..forms import TopicForm
from ..models import Topic
from ..permissions import can_acknowledge, can_announce, can_order_topic, can_see_acknowledgements
from ..threads import TopicThread
from .groups import find_group


@member_required
@require_http_methods(["GET", "POST"])
def new_topic(request, slug):
    """Start a topic, or go on with a draft of one."""
    group = find_group(request, slug)
    may_write = can_write_in_space(request.user, group)
    options = {"member": request.user, "announces": bool(can_announce(request.user, group))}
    if request.method == "POST":
        form = TopicForm(request.POST, request.FILES, **options)
        if not may_write:
            form.add_error(None, may_write.reason)
        posted = form.is_valid() and _posted(request, group, form)
        if posted:
            return redirect("conversation:contribution", pk=posted.pk)
    elif not may_write:
        messages.info(request, may_write.reason)
        return redirect(group)
    else:
        draft = Topic.objects.draft_in(group, request.user, request.GET.get("draft"))
        initial = {"language": _usual_language(request.user, group)}
        initial |= TopicForm.words_of(draft) if draft else {}
        form = TopicForm(initial=initial | typed_before(request), **options)
    context = {"group": group, "form": form, "draft_key": _key(group)}
    return render(request, "groups/new_topic.html", context, status=form.status)


def _key(group):
    """Under which the browser keeps what is typed until it is sent."""
    return f"topic-{group.pk}"


def _usual_language(member, group):
    """The member's own language where the group speaks it, else the group's first."""
    return (
        member.language if member.language in group.languages or not group.languages else group.languages[0]
    )


def _posted(request, group, form):
    """The topic that was posted, or None with the refusal in the form."""
    topic = Topic.objects.draft_in(group, request.user, form.cleaned_data["draft"]) or Topic(space=group)
    form.apply_to(topic)
    try:
        append_file(topic, form.cleaned_data["file"], actor=request.user)
        return actions.start_topic(topic, actor=request.user, tag_names=form.cleaned_data["tags"])
    except Refused as refusal:
        form.refuse(refusal)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request, slug, pk):
    """A topic with its replies, and the form for one more, which comes back to this address."""
    try:
        found = Topic.objects.for_page(slug, request.user).get(pk=pk)
    except Topic.DoesNotExist:
        return _where_it_stands(request, pk)
    remember_membership(request.user, found.space, found.tie)
    if found.is_draft:
        return redirect(f"{reverse('groups:new_topic', args=[slug])}?draft={found.pk}")
    form = None
    if request.method == "POST":
        response, form = _reply(request, found)
        if response:
            return response
    context = thread_context(request, found, form, TopicThread)
    thread = context["thread"]
    context |= {
        "topic": found,
        "group": found.space,
        "tags": found.tag_list_for_display,
        "may": thread.may(found),
        "reactions": thread.reactions(found),
        "draft_key": _key(found.space),
        "is_own": found.author_id == request.user.pk,
        "may_order": can_order_topic(request.user, found),
        "may_acknowledge": can_acknowledge(request.user, found),
        "may_see_acknowledgements": can_see_acknowledgements(request.user, found),
    }
    return render(request, "groups/topic.html", context, status=form.status if form else 200)


def _where_it_stands(request, pk):
    """What was moved to another group, or became a reply of another topic, is found there."""
    found = get_object_or_404(Contribution.objects.standing_in_groups(request.user), pk=pk)
    root = found.root or found
    if request.method == "POST":
        park(request, root.get_absolute_url())
        messages.info(
            request, _("This topic was moved meanwhile. Your words are below: they aren't posted yet.")
        )
        return redirect(root)
    return redirect(found)


def _reply(request, topic):
    """Post a reply: the redirect after it, or None with the bound form. What can't be posted is kept."""
    may_reply = can_reply(request.user, topic)
    if may_reply:
        return reply_to(request, topic)
    park(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path), None
    messages.error(request, may_reply.reason)
    return redirect(topic), None


@member_required
@require_http_methods(["GET", "POST"])
def mark_read(request, slug=None):
    """Everything is read: in a group, or in all of one's groups."""
    group = find_group(request, slug) if slug else None
    if request.method == "POST":
        mark_all_read(actor=request.user, space=group)
        messages.success(
            request,
            _("Everything in this group is marked as read.")
            if group
            else _("Everything in your groups is marked as read."),
        )
    return redirect(group) if group else redirect("groups:directory")
