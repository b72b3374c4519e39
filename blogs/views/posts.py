"""A post: reading it, and what its author decides about it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.conversation.actions import reschedule_contribution, withdraw_contribution
from network.conversation.permissions import (
    can_reply,
    can_reschedule_contribution,
    can_withdraw_contribution,
)
from network.conversation.views import reply_to, thread_context
from network.core.answers import require
from network.core.decorators import member_required
from network.core.parking import park
from network.core.refusals import Refused

from .. import actions
from ..forms import MomentForm, OptionsForm
from ..models import Post
from ..outlines import outlined
from ..permissions import can_change_post
from ..querysets import in_own_language, neighbours_of
from .blogs import find_blog
from .writing import draft_key

# The reader wants the post as it stands at this address, whatever they read.
AS_WRITTEN = "original"


@require_http_methods(["GET", "HEAD", "POST"])
def post(request, handle, slug):
    """A post with its comments, and the form for one more, which comes back to this address."""
    found = Post.objects.for_page(handle, slug, request.user)
    if found is None:
        return _where_it_went(request, handle, slug)
    form = None
    if request.method == "POST":
        response, form = _comment(request, found)
        if response:
            return response
    around = neighbours_of(found, request.user)
    if AS_WRITTEN not in request.GET and (
        theirs := in_own_language(found, around.translations, request.user)
    ):
        return redirect(theirs)
    is_own = found.author_id == request.user.pk
    context = thread_context(request, found, form)
    thread = context["thread"]
    text = outlined(found.body)
    context |= {
        "post": found,
        "blog": found.space,
        "body": text.body,
        "outline": text.headings if found.is_long else [],
        "tags": found.tag_list_for_display,
        "may": thread.may(found),
        "reactions": thread.reactions(found),
        "related": around.related,
        "translations": around.translations,
        "parts": around.parts,
        "share_url": request.build_absolute_uri(found.get_absolute_url()),
        "is_own": is_own,
        "moment": MomentForm(initial={"at": found.published_at}) if is_own and found.is_scheduled else None,
        "draft_keys": [draft_key(), draft_key(found.pk)],
    }
    return render(request, "blogs/post.html", context, status=form.status if form else 200)


def _where_it_went(request, handle, slug):
    """Under the former handle of its author or its former address, to that of today; or taken back by its author."""
    blog = find_blog(request, handle)
    if blog.slug != handle:
        return redirect("blogs:post", blog.slug, slug)
    moved = Post.objects.formerly_at(blog, slug, request.user)
    if moved:
        return redirect(moved, permanent=True)
    if Post.objects.was_withdrawn(blog, slug, request.user):
        return render(request, "blogs/withdrawn.html", {"blog": blog}, status=410)
    raise Http404


def _comment(request, found):
    """Post a comment: the redirect after it, or None with the bound form. What can't be posted is kept."""
    answer = can_reply(request.user, found)
    if answer:
        return reply_to(request, found)
    park(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path), None
    messages.error(request, answer.reason)
    return redirect(found), None


def _own_post(request, handle, slug, permission):
    """The post at this address, if the member may do this with it."""
    found = Post.objects.for_page(handle, slug, request.user)
    if found is None:
        raise Http404
    require(permission(request.user, found))
    return found


@member_required
@require_http_methods(["GET", "POST"])
def options(request, handle, slug):
    """What isn't words: the address of a post, its comments, its series, the post that it translates."""
    found = _own_post(request, handle, slug, can_change_post)
    originals = Post.objects.possible_originals(found)
    form = OptionsForm(request.POST or None, post=found, originals=originals)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_post(found, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("slug", str(refusal))
        else:
            messages.success(request, _("Your post is changed."))
            return redirect(changed)
    context = {
        "form": form,
        "post": found,
        "blog": found.space,
        "may_withdraw": can_withdraw_contribution(request.user, found),
    }
    return render(request, "blogs/options.html", context)


@member_required
@require_POST
def withdraw(request, handle, slug):
    """Take a published post back: it is a draft again."""
    found = _own_post(request, handle, slug, can_withdraw_contribution)
    withdraw_contribution(found, actor=request.user)
    messages.success(request, _("Your post is a draft again: nobody else sees it."))
    return HttpResponseRedirect(f"{reverse('blogs:write')}?draft={found.pk}")


@member_required
@require_POST
def reschedule(request, handle, slug):
    """Choose another moment for a post that waits for one."""
    found = _own_post(request, handle, slug, can_reschedule_contribution)
    form = MomentForm(request.POST)
    if form.is_valid():
        reschedule_contribution(found, actor=request.user, at=form.cleaned_data["at"])
        messages.success(request, _("Your post will be published at the moment you chose."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect(found)
