from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation.forms import typed_before
from network.conversation.permissions import (
    can_read_space,
    can_see_space,
    can_write_in_space,
    remember_membership,
)
from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import newest_first
from network.core.refusals import Refused
from network.core.sections import section
from network.members.reading import reading

from .. import actions
from ..cards import card_of, tags_of, waiting_on
from ..forms import DirectoryForm, GroupForm, LevelForm, NewGroupForm, RequestForm, SuccessorForm
from ..models import Group
from ..permissions import (
    can_archive_group,
    can_create_group,
    can_join_group,
    can_leave_group,
    can_manage_group,
    can_request_group,
    can_see_activity,
    can_see_group_members,
    needs_approval,
    needs_successor,
)
from ..querysets import (
    colleagues_in,
    proposals_of,
    similar_groups,
    successors_in,
    tie_and_facilitators,
    topics_of,
    waiting_for,
)


def find_group(request, slug):
    """The group at this address, if the reader may see its card; a hidden one is as absent as any other."""
    return get_object_or_404(Group.objects.visible_to(request.user).select_related("institution"), slug=slug)


@require_safe
def directory(request):
    """The groups that the reader may know of, the most recently active first unless they say otherwise."""
    form = DirectoryForm(request.GET, member=request.user)
    groups = form.groups_for(request.user).for_cards(request.user)
    piece = newest_first(groups, request.GET.get("after", ""), by=form.order)
    colleagues = colleagues_in(piece, request.user)
    context = {
        "form": form,
        "filtered": form.narrows,
        "cards": [card_of(group, request.user, colleagues.get(group.pk)) for group in piece],
        "piece": piece,
        "section": section("groups"),
        "may_create": can_create_group(request.user),
        "waiting": waiting_on(waiting_for(request.user)),
    }
    return render(request, "groups/directory.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Found a group, or propose one where an administrator looks first; similar ones are shown before."""
    answer = can_create_group(request.user)
    if request.method == "GET":
        require(answer)
        initial = {"languages": [request.user.language]} | typed_before(request)
        return _new_page(request, NewGroupForm(initial=initial))
    form = NewGroupForm(request.POST)
    if not answer:
        form.add_error(None, answer.reason)
    if not form.is_valid():
        return _new_page(request, form)
    similar = similar_groups(request.user, form.cleaned_data["title"], form.cleaned_data["tags"])
    if unseen := form.unseen(similar):
        return _new_page(request, form, unseen)
    if needs_approval(request.user):
        return _proposed(request, form)
    group = actions.create_group(actor=request.user, **form.values())
    messages.success(
        request, _("Your group exists. Start a first topic, so that those who come find something.")
    )
    return redirect(group)


def _new_page(request, form, similar=()):
    context = {
        "form": form,
        "similar": [card_of(group, request.user) for group in similar],
        "needs_approval": needs_approval(request.user),
        "proposals": proposals_of(request.user),
    }
    return render(request, "groups/new.html", context)


def _proposed(request, form):
    """Propose the group; the form again, with why, when the action refuses."""
    try:
        actions.propose_group(actor=request.user, **form.values())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _new_page(request, form)
    messages.success(request, _("Your proposal is sent: an administrator answers, and you are told."))
    return redirect("groups:new")


@require_safe
def group(request, slug):
    """A group: what it is, who keeps order in it, and its topics for whoever may read them."""
    found = find_group(request, slug)
    mine, facilitators = tie_and_facilitators(found, request.user)
    remember_membership(request.user, found, mine)
    reads = can_read_space(request.user, found)
    read = reading(request)
    pinned, piece = [], None
    if reads:
        pinned, piece = topics_of(found, request.user, request.GET.get("after", ""), read.languages)
    context = {
        "group": found,
        "tags": tags_of(found),
        "mine": mine,
        "facilitators": facilitators,
        "reads": reads,
        "open_to_all": can_read_space(None, found),
        "pinned": pinned,
        "piece": piece,
        "reading": read,
        "join": can_join_group(request.user, found),
        "ask": can_request_group(request.user, found),
        "may_write": can_write_in_space(request.user, found),
        "may_manage": can_manage_group(request.user, found),
        "may_see_members": can_see_group_members(request.user, found),
        "may_see_activity": can_see_activity(request.user, found),
        "may_report": mine is None or mine.role != mine.Role.OWNER,
        "level_form": LevelForm(initial={"level": mine.level}) if mine and mine.is_active else None,
    }
    return render(request, "groups/group.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def join(request, slug):
    """Become a member of a group, or ask to."""
    found = find_group(request, slug)
    at_once = can_join_group(request.user, found)
    answer = at_once or can_request_group(request.user, found)
    if not answer:
        messages.info(request, answer.reason)
        return redirect(found)
    form = (
        RequestForm(request.POST) if request.method == "POST" else RequestForm(initial=typed_before(request))
    )
    if not form.is_valid():
        return render(request, "groups/join.html", {"group": found, "at_once": at_once, "form": form})
    membership = actions.join_group(found, actor=request.user, note=form.cleaned_data["note"])
    if membership.is_active:
        messages.success(request, _("You are a member of %(group)s.") % {"group": found.title})
    else:
        messages.success(request, _("Your request is sent: a facilitator will answer."))
    return redirect(found)


@member_required
@require_http_methods(["GET", "POST"])
def leave(request, slug):
    """Leave a group, withdraw a request, decline an invitation; the only owner says who owns it next."""
    found = get_object_or_404(Group.objects.left_by(request.user), slug=slug)
    mine = tie_and_facilitators(found, request.user)[0]
    form = None
    if needs_successor(request.user, found):
        form = SuccessorForm(request.POST or None, candidates=successors_in(found, request.user))
    elif not (answer := can_leave_group(request.user, found)):
        messages.info(request, answer.reason)
        return redirect(found)
    if request.method == "GET" or (form and not form.is_valid()):
        return render(request, "groups/leave.html", {"group": found, "mine": mine, "form": form})
    successor = form.cleaned_data["successor"] if form else None
    actions.leave_group(found, actor=request.user, successor=successor)
    messages.success(request, _words_after_leaving(request.user, found, mine))
    return redirect(found) if can_see_space(request.user, found) else redirect("groups:directory")


def _words_after_leaving(member, group, was):
    if was.state == was.State.REQUESTED:
        return _("Your request is withdrawn.")
    if was.state == was.State.INVITED:
        return _("The invitation is declined.")
    words = _("You have left %(group)s. What you said there stays.") % {"group": group.title}
    again = _("Join again") if can_join_group(member, group) else _("Ask to join again")
    if can_join_group(member, group) or can_request_group(member, group):
        url = reverse("groups:join", args=[group.slug])
        return format_html('{} <a href="{}">{}</a>', words, url, again)
    return words


@member_required
@require_http_methods(["GET", "POST"])
def level(request, slug):
    """Choose what one is told of a group."""
    found = find_group(request, slug)
    form = LevelForm(request.POST)
    if request.method == "POST" and form.is_valid():
        actions.set_level(found, actor=request.user, level=form.cleaned_data["level"])
        messages.success(request, _("Your choice is saved."))
    return redirect(found)


@member_required
@require_http_methods(["GET", "POST"])
def settings(request, slug):
    """Change what a group says of itself, who reads it and how one joins."""
    found = find_group(request, slug)
    require(can_manage_group(request.user, found))
    if request.method == "POST":
        form = GroupForm.of(found, request.POST)
        if form.is_valid() and _changed(request, found, form):
            return redirect(found)
    else:
        form = GroupForm.of(found, initial=typed_before(request))
    context = {"group": found, "form": form, "may_archive": can_archive_group(request.user, found)}
    return render(request, "groups/settings.html", context)


def _changed(request, group, form):
    """Save the settings; False when the action refuses, with its words in the form."""
    try:
        changed = actions.change_group(group, actor=request.user, **form.values())
    except Refused as refusal:
        form.add_error("visibility", str(refusal))
        return False
    messages.success(request, _("The group is changed.") if changed else _("Nothing has changed."))
    return True


@member_required
@require_http_methods(["GET", "POST"])
def archive(request, slug):
    """Close a group to new words, or open it again."""
    found = find_group(request, slug)
    if request.method == "GET":
        return redirect("groups:settings", slug=slug)
    archived = request.POST.get("archived") == "yes"
    actions.archive_group(found, actor=request.user, archived=archived)
    messages.success(
        request,
        _("The group is archived: it can be read, but nothing can be added.")
        if archived
        else _("The group is open again."),
    )
    return redirect(found)
