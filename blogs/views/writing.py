"""The page to write a post, and what keeps the draft while one writes."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation.attachments import add_attachment
from network.conversation.differences import lines_between
from network.conversation.forms import typed_before
from network.conversation.permissions import can_write_in_space
from network.core.answers import require
from network.core.decorators import member_required
from network.core.refusals import Outdated, Refused

from .. import actions
from ..forms import PostForm
from ..models import Blog, Post
from ..permissions import can_start_blog
from ..querysets import possible_audiences


def draft_key(key=""):
    """Under which the browser keeps what is typed into a new post, or into the draft with this primary key."""
    return f"write-{key}" if key else "write"


def _options(request):
    """What the form of the member depends on. Refuses who may not write."""
    own = Blog.objects.of(request.user)
    require(can_write_in_space(request.user, own) if own else can_start_blog(request.user))
    return {
        "member": request.user,
        "blog": own,
        "begun": Blog.objects.has_begun(own),
        "groups": possible_audiences(request.user),
    }


@member_required
@require_http_methods(["GET", "POST"])
def write(request):
    """Write a post, or go on with a draft of one. The blog begins with the first."""
    options = _options(request)
    conflict = None
    if request.method == "POST":
        data, refusal = _with_cover(request)
        form = PostForm(data, publishing="publish" in data, **options)
        if refusal:
            form.add_error("picture", refusal)
        written, conflict = _written(request, form) if form.is_valid() else (None, None)
        if written:
            return _after_writing(request, written, draft_key(form.cleaned_data["draft"]))
        if conflict:
            data["version"] = conflict.version
            form = PostForm(data, publishing=False, **options)
            form.is_valid()
    else:
        form = PostForm(initial=_first_words(request), **options)
    context = _context(request, form, conflict, options)
    return render(request, "blogs/write.html", context, status=form.status)


def _context(request, form, conflict, options):
    key = form["draft"].value()
    return {
        "form": form,
        "blog": options["blog"],
        "draft_key": draft_key(key),
        "conflict": conflict,
        "changes": conflict and lines_between(conflict.body, form.cleaned_data["body"]),
        "forgets": "kept" in request.GET,
        "original": Post.objects.own_released(request.user, form["translation_of"].value()),
    }


def _first_words(request):
    """What the form starts from: a draft, the post that this one translates, words kept from before."""
    draft = Post.objects.draft_of(request.user, request.GET.get("draft"))
    initial = PostForm.words_of(draft) if draft else {}
    if original := Post.objects.own_released(request.user, request.GET.get("translation_of")):
        initial |= PostForm.words_of_translation(original, request.user)
    return initial | typed_before(request)


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


def _written(request, form):
    """The post as kept or published, or None; and the draft of elsewhere that stands against it, or None.

    Another refusal stands in the form.
    """
    data = form.cleaned_data
    words = {
        "tag_names": data["tags"],
        "cover_alt": data["cover_alt"],
        "publish": form.publishing,
        "at": data["at"],
        "seen": data["version"],
    }
    written = form.apply_to(Post.objects.draft_of(request.user, data["draft"]) or Post())
    try:
        if form.begun:
            written.space = form.blog.space_ptr
            return actions.write_post(written, actor=request.user, **words), None
        return actions.write_first_post(written, actor=request.user, blog=form.blog_choices(), **words), None
    except Outdated as outdated:
        return None, outdated.current
    except Refused as refusal:
        form.refuse(refusal)
        return None, None


def _after_writing(request, written, key):
    if "preview" in request.POST and written.is_draft:
        return redirect(written)
    if written.is_scheduled:
        messages.success(request, _("Your post will be published at the moment you chose."), extra_tags=key)
    if not written.is_draft:
        return redirect(written)
    messages.success(request, _("Your draft is saved. Only you see it."), extra_tags=key)
    return HttpResponseRedirect(f"{reverse('blogs:write')}?draft={written.pk}")


@never_cache
@require_http_methods(["GET", "POST"])
def save(request):
    """Keep a draft while one writes; for the script of the form, in JSON.

    GET says who is logged in, and the token for the forms of their session: it changes when they log in again.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"member": None}, status=401)
    if request.method == "GET":
        return JsonResponse({"member": request.user.pk, "token": get_token(request)})
    form = PostForm(request.POST, publishing=False, **_options(request))
    if not form.is_valid():
        errors = [
            f"{form[name].label}: {error}"
            for name in form.errors
            if name in form.fields
            for error in form.errors[name]
        ]
        return JsonResponse({"error": " ".join(errors)}, status=422)
    if not form.has_words:
        return HttpResponse(status=204)
    written, conflict = _written(request, form)
    if conflict:
        return JsonResponse({"version": conflict.version}, status=409)
    if written is None:
        return JsonResponse({"error": " ".join(form.errors["body"])}, status=422)
    return JsonResponse(
        {
            "draft": written.pk,
            "version": written.version,
            "key": draft_key(written.pk),
            "address": f"{reverse('blogs:write')}?draft={written.pk}",
            "published": "" if written.is_draft else written.get_absolute_url(),
        }
    )


@member_required
@require_safe
def again(request):
    """Where one lands who had to log in, or to accept the charter, while writing in another window."""
    return render(request, "blogs/again.html")
