"""Blogs, posts, and the page to write one."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversation.actions import follow_space, unfollow_space
from network.conversation.attachments import add_attachment
from network.conversation.forms import typed_before
from network.conversation.permissions import (
    can_follow_space,
    can_read_space,
    can_reply,
    can_write_in_space,
    membership_of,
)
from network.conversation.views import reply_to, thread_context
from network.core.answers import require
from network.core.decorators import member_required
from network.core.parking import park, take
from network.core.refusals import Refused
from network.core.sections import section
from network.members.reading import reading

from . import actions
from .forms import BlogForm, DirectoryForm, PostForm
from .models import Blog, Post
from .permissions import can_change_blog, can_start_blog
from .querysets import possible_audiences, posts_of, related_posts


def _draft_key(key=""):
    """Under which the browser keeps what is typed into a new post, or into the draft with this primary key."""
    return f"write-{key}" if key else "write"


@require_safe
def directory(request):
    """The blogs, the most recently active first."""
    form = DirectoryForm(request.GET)
    narrowed = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "filtered": any(narrowed.values()),
        "piece": Blog.objects.directory(request.user, request.GET.get("after", ""), **narrowed),
        "new_voices": Blog.objects.new_voices(request.user),
        "section": section("blogs"),
        "may_start": can_start_blog(request.user),
    }
    return render(request, "blogs/directory.html", context)


def _find_blog(request, handle, permission=can_read_space):
    """The blog at this address, if the reader may do this with it; a former address gives the blog too."""
    found = Blog.objects.at(handle).first() or Blog.objects.formerly_at(handle)
    if found is None:
        raise Http404
    require(permission(request.user, found))
    return found


@require_safe
def blog(request, handle):
    """A blog: its presentation and its posts."""
    found = _find_blog(request, handle)
    if found.slug != handle:
        return redirect(found)
    tie = membership_of(request.user, found)
    read = reading(request)
    context = {
        "blog": found,
        "piece": posts_of(found, request.user, request.GET.get("after", ""), read.languages),
        "reading": read,
        "open_to_all": can_read_space(None, found),
        "may_change": can_change_blog(request.user, found),
        "may_follow": can_follow_space(request.user, found),
        "follows": tie is not None and tie.role == "follower",
    }
    return render(request, "blogs/blog.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request, handle, slug):
    """A post with its comments, and the form for one more, which comes back to this address."""
    found = Post.objects.for_page(handle, slug, request.user)
    if found is None:
        return _where_it_moved(request, handle, slug)
    if found.is_draft:
        return redirect(f"{reverse('blogs:write')}?draft={found.pk}")
    form = None
    if request.method == "POST":
        response, form = _comment(request, found)
        if response:
            return response
    context = thread_context(request, found, form)
    thread = context["thread"]
    context |= {
        "post": found,
        "blog": found.space,
        "tags": found.tag_list_for_display,
        "may": thread.may(found),
        "reactions": thread.reactions(found),
        "related": related_posts(found, request.user),
        "is_own": found.author_id == request.user.pk,
        "draft_keys": [_draft_key(), _draft_key(found.pk)],
    }
    return render(request, "blogs/post.html", context)


def _where_it_moved(request, handle, slug):
    """Under the former handle of its author, to the address of today; 404 elsewhere."""
    moved = _find_blog(request, handle)
    if moved.slug == handle:
        raise Http404
    return redirect("blogs:post", moved.slug, slug)


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


@member_required
@require_http_methods(["GET", "POST"])
def write(request):
    """Write a post, or go on with a draft of one. The blog begins with the first."""
    own = Blog.objects.of(request.user)
    require(can_write_in_space(request.user, own) if own else can_start_blog(request.user))
    options = {"member": request.user, "blog": own, "groups": possible_audiences(request.user)}
    if request.method == "POST":
        data, refusal = _with_cover(request)
        publishing = "publish" in data
        form = PostForm(data, publishing=publishing, **options)
        if refusal:
            form.add_error("picture", refusal)
        written = form.is_valid() and _written(request, form, own, publishing)
        if written:
            return _after_writing(request, written, _draft_key(form.cleaned_data["draft"]))
    else:
        draft = Post.objects.draft_of(request.user, request.GET.get("draft"))
        initial = PostForm.words_of(draft) if draft else {}
        form = PostForm(initial=initial | typed_before(request), **options)
    context = {"form": form, "blog": own, "draft_key": _draft_key(form["draft"].value())}
    return render(request, "blogs/write.html", context)


def _with_cover(request):
    """What was sent, with the cover kept already: it survives a form that has to be corrected.

    Returns the data and, for a picture that can't be kept, why.
    """
    data = request.POST.copy()
    sent = request.FILES.get("picture")
    if sent:
        try:
            cover = add_attachment(
                sent, actor=request.user, alt=data.get("cover_alt", ""), pictures_only=True
            )
        except Refused as refusal:
            return data, str(refusal)
        data["cover"] = cover.pk
        data.pop("without_cover", None)
    return data, ""


def _written(request, form, own, publishing):
    """The post as kept or published, or None with the refusal in the form."""
    data = form.cleaned_data
    words = {"tag_names": data["tags"], "cover_alt": data["cover_alt"], "publish": publishing}
    written = form.apply_to(Post.objects.draft_of(request.user, data["draft"]) or Post())
    try:
        if own is None:
            return actions.write_first_post(written, actor=request.user, blog=form.blog_choices(), **words)
        written.space = own.space_ptr
        return actions.write_post(written, actor=request.user, **words)
    except Refused as refusal:
        form.add_error("body", str(refusal))
        return None


def _after_writing(request, written, draft_key):
    if not written.is_draft:
        return redirect(written)
    messages.success(request, _("Your draft is saved. Only you see it."), extra_tags=draft_key)
    return HttpResponseRedirect(f"{reverse('blogs:write')}?draft={written.pk}")


@member_required
@require_http_methods(["GET", "POST"])
def settings(request, handle):
    """Change the presentation of one's blog, and who reads it."""
    found = _find_blog(request, handle, can_change_blog)
    form = BlogForm.of(found, request.POST or None, initial=take(request))
    if form.is_valid():
        actions.change_blog(
            found, actor=request.user, tag_names=form.cleaned_data["tags"], **form.fields_of_blog()
        )
        messages.success(request, _("Your blog is changed."))
        return redirect(found)
    return render(request, "blogs/settings.html", {"form": form, "blog": found})


@member_required
@require_http_methods(["GET", "POST"])
def follow(request, handle):
    """See what is published in the blog in one's feed."""
    found = _find_blog(request, handle)
    if request.method == "POST" and follow_space(found.space_ptr, actor=request.user):
        messages.success(request, _("You follow this blog: its posts show in your feed."))
    return redirect(found)


@member_required
@require_POST
def unfollow(request, handle):
    """Stop following the blog."""
    found = _find_blog(request, handle)
    if unfollow_space(found.space_ptr, actor=request.user):
        messages.success(request, _("You no longer follow this blog."))
    return redirect(found)
