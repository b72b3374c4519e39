from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import in_order, newest_first
from network.core.sections import section
from network.members.reading import reading
from network.tags import actions
from network.tags.permissions import can_follow_tag

from ..querysets import names_of, spaces_under_tag, tag_at, tags_completing, tags_known_to, under_tag


def _tag(slug, member):
    tag = tag_at(slug, member)
    if tag is None:
        raise Http404
    return tag


@require_safe
def directory(request):
    """The tags that one may know of, in order."""
    piece = in_order(tags_known_to(request.user), request.GET.get("after", ""), size=60, by="slug")
    return render(request, "tags/directory.html", {"piece": piece, "section": section("tags")})


@require_safe
def detail(request, slug):
    """Everything under a tag that one may see."""
    tag = _tag(slug, request.user)
    if tag.merged_into:
        return redirect(tag.merged_into, permanent=True)
    read = reading(request)
    found = under_tag(tag, request.user, read.languages)
    piece = newest_first(found, request.GET.get("after", ""), by="id")
    context = {
        "reading": read,
        "tag": tag,
        "piece": piece,
        "names": names_of(tag),
        "spaces": spaces_under_tag(tag, request.user) if piece.first else [],
        "may_follow": can_follow_tag(request.user, tag),
    }
    return render(request, "tags/detail.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def follow(request, slug):
    """See what is said under a tag in one's feed; pressing again ends it."""
    tag = _tag(slug, request.user)
    if request.method == "GET":
        return redirect(tag)
    require(can_follow_tag(request.user, tag))
    if actions.follow_tag(tag, actor=request.user):
        messages.success(request, _("You follow this tag: your feed shows what is said under it."))
    else:
        actions.unfollow_tag(tag, actor=request.user)
        messages.success(request, _("You no longer follow this tag."))
    return redirect(tag)


@require_safe
def complete(request):
    """Tags of which a name in any language holds what was typed: JSON, or options for a field's list."""
    tags = tags_completing(request.GET.get("q", "")[:100], request.user)
    if request.htmx:
        return render(request, "tags/completion.html", {"tags": tags})
    return JsonResponse({"tags": [{"name": tag.label, "slug": tag.slug} for tag in tags]})
