"""Blogs: their list, one of them, its presentation, following it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversation.actions import follow_space, unfollow_space
from network.conversation.permissions import can_follow_space, can_read_space, membership_of
from network.core.answers import require
from network.core.decorators import member_required
from network.core.parking import take
from network.core.sections import section
from network.members.reading import reading

from .. import actions
from ..forms import BlogForm, DirectoryForm
from ..models import Blog
from ..permissions import can_change_blog, can_start_blog
from ..querysets import posts_of


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


def find_blog(request, handle, permission=can_read_space):
    """The blog at this address, if the reader may do this with it; a former address gives the blog too."""
    found = Blog.objects.at(handle).first() or Blog.objects.formerly_at(handle)
    if found is None:
        raise Http404
    require(permission(request.user, found))
    return found


@require_safe
def blog(request, handle):
    """A blog: its presentation and its posts."""
    found = find_blog(request, handle)
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


@member_required
@require_http_methods(["GET", "POST"])
def settings(request, handle):
    """Change the presentation of one's blog, and who reads it."""
    found = find_blog(request, handle, can_change_blog)
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
    found = find_blog(request, handle)
    if request.method == "POST" and follow_space(found.space_ptr, actor=request.user):
        messages.success(request, _("You follow this blog: its posts show in your feed."))
    return redirect(found)


@member_required
@require_POST
def unfollow(request, handle):
    """Stop following the blog."""
    found = find_blog(request, handle)
    if unfollow_space(found.space_ptr, actor=request.user):
        messages.success(request, _("You no longer follow this blog."))
    return redirect(found)
