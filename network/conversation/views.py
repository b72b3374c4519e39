"""What one does with a contribution, whichever place it stands in."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from network.core.answers import require
from network.core.decorators import member_required
from network.core.editor import from_plain_text
from network.core.numbers import whole_number
from network.core.refusals import Refused
from network.core.views import safe_next

from . import actions, attachments
from .differences import versions_of
from .forms import EditForm, ReplyForm, typed_before
from .models import Attachment, Contribution, Space
from .permissions import (
    can_delete_draft,
    can_edit_contribution,
    can_restore_draft,
    can_see_attachment,
    can_see_contribution,
    can_see_history,
    can_undo_contribution,
    can_upload,
)
from .querysets import linked_to, mentionable, numbers_after
from .threads import Thread

MOST_CARDS = 20


def _get(pk, member, permission):
    """The contribution, if the member may do this with it."""
    found = get_object_or_404(
        Contribution.objects.select_related(
            "space", "root__space", "author", "audience_space", "institution"
        ),
        pk=pk,
    )
    require(permission(member, found))
    return found


@require_safe
def contribution(request, pk):
    """The short address of a contribution leads to where it stands."""
    found = _get(pk, request.user, can_see_contribution)
    return redirect(found)


def reply_to(request, root):
    """Handle what was sent from a thread's reply form: the redirect after it, or None with the bound form.

    Returns (response, form); the caller renders the form with its errors when there is no response.
    """
    form = ReplyForm(request.POST, request.FILES, member=request.user)
    if not form.is_valid():
        return None, form
    data = form.cleaned_data
    drafts = Contribution.objects.drafts_of(request.user).in_thread(root)
    reply = next((draft for draft in drafts if draft.pk == data["draft"]), None)
    reply = reply or Contribution(kind=Contribution.Kind.REPLY)
    reply.space, reply.root = root.space, root
    reply.parent = Contribution.objects.numbered(root, data["parent"]) or reply.parent
    form.apply_to(reply)
    try:
        attachments.append_file(reply, data["file"], actor=request.user)
        reply = actions.post_contribution(reply, actor=request.user)
    except Refused as refusal:
        form.refuse(refusal)
        return None, form
    anchor = f"reply-{reply.number}" if reply.number else f"unreleased-{reply.pk}"
    # The page that ends with the new reply, so that its author sees it.
    start = max(1, root.thread.last_number - 8)
    return HttpResponseRedirect(f"{root.get_absolute_url()}?from={start}#{anchor}"), form


def thread_context(request, root, form=None, thread_class=Thread):
    """What the template `conversation/thread.html` needs, for the page of a topic or post."""
    thread = thread_class(root, request.user, start=whole_number(request.GET.get("from"), 1))
    if form is None and thread.answer:
        form = ReplyForm(member=request.user, initial=_first_words(request, thread))
    news = thread.read_number is None or thread.read_number < thread.shown_until
    if thread.member and thread.root.released_at and news:
        actions.mark_read(root, actor=thread.member, number=thread.shown_until)
    return {
        "thread": thread,
        "reply_form": form if thread.answer else None,
        "open_to_all": can_see_contribution(None, root),
    }


def _first_words(request, thread):
    """What the reply form starts from: words kept from before, a draft, or nothing."""
    initial = {"language": thread.root.language}
    if thread.draft:
        initial |= {
            "body": thread.draft.body,
            "language": thread.draft.language,
            "draft": thread.draft.pk,
            "parent": thread.draft.parent.number if thread.draft.parent_id else None,
        }
    if parent := whole_number(request.GET.get("parent")):
        initial["parent"] = parent
    if words := thread.quoted(whole_number(request.GET.get("quote"), 0)):
        quotation = from_plain_text(f"“{words}”")
        initial["body"] = initial.get("body", "") + quotation
    return initial | typed_before(request)


@member_required
@require_safe
def new_replies(request, pk):
    """What others said under a topic or post after the reply `after`, for a page left open; nothing: 204."""
    root = _get(pk, request.user, can_see_contribution)
    after = whole_number(request.GET.get("after"), 0)
    numbers = numbers_after(root, after, request.user)
    if not numbers:
        return HttpResponse(status=204)
    context = {"root": root, "count": len(numbers), "start": numbers[0]}
    return render(request, "conversation/new_replies.html", context)


@require_safe
def cards(request):
    """What links in a text lead to, as small cards: of what the reader may read alone."""
    found = linked_to(request.user, request.GET.getlist("path")[:MOST_CARDS])
    return render(request, "conversation/link_cards.html", {"cards": found})


@member_required
@require_safe
def complete_mention(request):
    """Members whose name or handle begins like what was typed after an @, as JSON, for the editor.

    Where `space` is a closed group, only its members are named, and only to its members.
    """
    space = get_object_or_404(
        Space.objects.readable_by(request.user), pk=whole_number(request.GET.get("space"), 0)
    )
    text = request.GET.get("q", "").strip().lstrip("@")[:50]
    found = mentionable(request.user, space, text) if text else []
    members = [
        {"handle": member.handle, "name": member.name, "institution": str(member.institution or "")}
        for member in found
    ]
    return JsonResponse({"members": members})


@member_required
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Correct one's own words."""
    found = _get(pk, request.user, can_edit_contribution)
    if request.method == "POST":
        form = EditForm(request.POST, contribution=found)
        if form.is_valid():
            data = form.cleaned_data
            try:
                changed = actions.edit_contribution(
                    found,
                    actor=request.user,
                    title=data.get("title"),
                    summary=data.get("summary"),
                    body=data["body"],
                    tag_names=data.get("tags"),
                    reason=data.get("reason", ""),
                    substantive=data.get("substantive", False),
                    seen=data["seen"],
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Your correction is saved.") if changed else _("Nothing has changed.")
                )
                return redirect("conversation:contribution", pk=found.pk)
    else:
        form = EditForm(contribution=found, initial=typed_before(request))
    return render(request, "conversation/edit.html", {"form": form, "contribution": found})


@require_safe
def history(request, pk):
    """The corrections of a contribution, newest first, each with what it changed."""
    found = _get(pk, request.user, can_see_history)
    context = {"contribution": found, "versions": versions_of(found, list(found.edits.all()))}
    return render(request, "conversation/history.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def undo(request, pk):
    """Take back what one posted, in the seconds before its release."""
    if request.method == "GET":
        return redirect("conversation:contribution", pk=pk)
    found = get_object_or_404(
        Contribution.objects.select_related("space", "root__space"), pk=pk, author=request.user
    )
    if not found.is_draft and not (answer := can_undo_contribution(request.user, found)):
        require(answer) if answer.hidden else messages.error(request, answer.reason)
        return redirect("conversation:contribution", pk=pk)
    actions.undo_contribution(found, actor=request.user)
    messages.success(request, _("Taken back: nobody has seen it. It is a draft again."))
    return HttpResponseRedirect(found.writing_url)


@member_required
@require_POST
def release(request, pk):
    """The author's countdown has ended: release now what is due."""
    found = _get(pk, request.user, can_see_contribution)
    if found.author_id != request.user.pk:
        raise Http404
    actions.release_contribution(found)
    if not request.htmx:
        return redirect("conversation:contribution", pk=pk)
    if not found.root_id:
        # A whole page comes next, not a part of the one that counted down.
        return HttpResponseClientRedirect(found.get_absolute_url())
    root = Contribution.objects.select_related("space", "author", "thread", "audience_space").get(
        pk=found.root_id
    )
    found.refresh_from_db()
    if found.is_held:
        return HttpResponseClientRedirect(f"{root.get_absolute_url()}#unreleased-{found.pk}")
    if not found.number:
        return HttpResponse(status=204)
    thread = Thread(root, request.user, start=found.number)
    return render(request, "conversation/reply.html", {"entry": thread.entries[0]})


@member_required
@require_POST
def delete(request, pk):
    """Throw a draft away."""
    found = _get(pk, request.user, can_delete_draft)
    actions.delete_draft(found, actor=request.user)
    messages.success(request, _("The draft is deleted. You can bring it back for 30 days."))
    return HttpResponseRedirect(safe_next(request, reverse("discovery:drafts")))


@member_required
@require_POST
def restore(request, pk):
    """Bring back a draft that one threw away."""
    found = _get(pk, request.user, can_restore_draft)
    if actions.restore_draft(found, actor=request.user):
        messages.success(request, _("The draft is back."))
    return HttpResponseRedirect(safe_next(request, reverse("discovery:drafts")))


@member_required
@require_http_methods(["GET", "POST"])
def react(request, pk):
    """Say that it served; pressing again takes it back."""
    if request.method == "GET":
        return redirect("conversation:contribution", pk=pk)
    found = _get(pk, request.user, can_see_contribution)
    if not actions.react(found, actor=request.user):
        actions.react(found, actor=request.user, on=False)
    if not request.htmx:
        return redirect("conversation:contribution", pk=pk)
    root = found.root or found
    found.refresh_from_db(fields=["reaction_count"])
    thread = Thread(
        Contribution.objects.select_related("space", "thread").get(pk=root.pk),
        request.user,
        start=found.number or 1,
    )
    return render(
        request,
        "components/reactions.html",
        {"contribution_id": found.pk, "reactions": thread.reactions(found), "can_react": True},
    )


@member_required
@require_http_methods(["GET", "POST"])
def bookmark(request, pk):
    """Keep it for oneself; pressing again lets it go."""
    if request.method == "GET":
        return redirect("conversation:contribution", pk=pk)
    found = _get(pk, request.user, can_see_contribution)
    if actions.bookmark(found, actor=request.user):
        messages.success(request, _("Kept among your bookmarks."))
    else:
        actions.bookmark(found, actor=request.user, on=False)
        messages.success(request, _("No longer among your bookmarks."))
    return redirect("conversation:contribution", pk=pk)


@member_required
@require_POST
def upload(request):
    """A file for a text that one is writing. Answers JSON, for the editor."""
    require(can_upload(request.user))
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"error": _("No file was sent.")}, status=400)
    try:
        attachment = attachments.add_attachment(sent, actor=request.user, alt=request.POST.get("alt", ""))
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse(
        {
            "id": attachment.pk,
            "url": attachment.get_absolute_url(),
            "name": attachment.name,
            "alt": attachment.alt,
            "width": attachment.width,
            "height": attachment.height,
        },
        status=201,
    )


@require_safe
def file(request, pk, name):
    """A member's file, for whoever may read the text that it belongs to."""
    attachment = get_object_or_404(
        Attachment.objects.select_related(
            "contribution__space",
            "contribution__root",
            "contribution__audience_space",
            "contribution__author",
        ),
        pk=pk,
    )
    require(can_see_attachment(request.user, attachment))
    return attachments.response_for(attachment)
