from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.core.answers import require
from network.core.decorators import member_required
from network.core.parking import is_parked
from network.core.refusals import Refused
from network.core.views import safe_next

from .comparison import changes_between, differences_between
from .forms.acceptance import AcceptForm
from .models import CharterVersion
from .permissions import can_see_version
from .presentation import as_json, presented, proof_as_json


@require_safe
def charter(request):
    """The charter in force."""
    version = CharterVersion.objects.with_words().in_force()
    if version is None:
        return render(request, "charter/none.html")
    return render(request, "charter/charter.html", presented(version, get_language()))


@require_safe
def charter_json(request):
    """The charter in force, in all its languages, for programs."""
    version = CharterVersion.objects.with_words().in_force()
    if version is None:
        raise Http404
    return JsonResponse(as_json(version), json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def history(request):
    """Every version that was ever published."""
    versions = CharterVersion.objects.visible_to(request.user)
    return render(request, "charter/history.html", {"versions": versions, "first": versions.last()})


@require_safe
def version(request, number):
    """One version, as it was published."""
    found = CharterVersion.objects.with_words().numbered(number)
    if found is None:
        raise Http404
    require(can_see_version(request.user, found))
    return render(request, "charter/charter.html", presented(found, get_language()))


@require_safe
def changes(request, number):
    """What a version says otherwise than the one that was in force before it."""
    found = CharterVersion.objects.with_words().numbered(number)
    if found is None:
        raise Http404
    require(can_see_version(request.user, found))
    former = CharterVersion.objects.with_words().before(found)
    if former is None:
        raise Http404
    language = found.language_for(get_language()[:2])
    context = {
        "version": found,
        "former": former,
        "differences": differences_between(former, found, language),
        "reading_language": language,
    }
    return render(request, "charter/changes.html", context)


@member_required
@require_safe
def acceptances(request):
    """The proof of what one accepted, to keep."""
    proof = proof_as_json(request.user.acceptances.with_versions())
    response = JsonResponse(proof, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="charter-acceptances.json"'
    return response


@member_required
def accept(request):
    """Read what changed and the whole text, and accept it; then back to where one was going."""
    form = AcceptForm(request.POST or None)
    target = safe_next(request, "/feed/")
    if form.version is None:
        return HttpResponseRedirect(target)
    if form.is_valid():
        try:
            form.record(request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. You have accepted the charter."))
            if is_parked(request, urlsplit(target).path):
                messages.info(request, _("Your text is here again: nothing was lost."))
            return HttpResponseRedirect(target)
    former = CharterVersion.objects.with_words().accepted_by(request.user)
    changes = former and changes_between(former, form.version, form.reading_language)
    context = presented(form.version, form.reading_language, changes=changes)
    context["differences"] = former and differences_between(former, form.version, form.reading_language)
    return render(request, "charter/accept.html", {"form": form, "next": target, **context})
