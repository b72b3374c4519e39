from copy import copy

from allauth.account.decorators import reauthentication_required
from allauth.account.views import EmailView as AllauthEmailView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from network.core.answers import require
from network.core.decorators import member_required
from network.core.parking import take
from network.core.refusals import Refused
from network.core.views import safe_next

from . import actions, archives
from .forms import LeaveForm, ProfileForm
from .holdings import warnings_for
from .models import Archive, Member
from .permissions import (
    can_edit_profile,
    can_enter_admin,
    can_fetch_archive,
    can_leave_network,
    can_see_portrait,
)


def admin_login(request):
    """The administration has no log-in of its own: the site's asks for the second factor too."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or "/admin/")
    require(can_enter_admin(request.user))
    return redirect("wagtailadmin_home")


class EmailView(AllauthEmailView):
    """The member's addresses. What a new main address proves follows at once."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if "action_primary" in request.POST:
            was_verified = request.user.is_verified
            actions.review_verification(request.user)
            if was_verified and not request.user.is_verified:
                messages.warning(
                    request,
                    _(
                        "Your account was verified by the address you had before. An administrator will "
                        "look at the new one."
                    ),
                )
        return response


@member_required
def profile(request):
    """One's own profile."""
    member = request.user
    require(can_edit_profile(member, member))
    # The form has its own copy: what is refused must not show elsewhere on the page.
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        instance=copy(member),
        initial=take(request) if request.method == "GET" else None,
    )
    if not form.is_valid() or not _profile_saved(member, form):
        return render(request, "members/me_profile.html", {"form": form})
    with override(member.language):
        messages.success(request, _("Your profile is saved."))
    response = redirect("me:profile")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        member.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _profile_saved(member, form):
    """Save the profile; False when somebody took the handle meanwhile, with these words in the form."""
    # The page around the form goes on with the member as they are, if nothing is saved.
    changed = copy(member)
    try:
        actions.save_profile(
            changed,
            actor=member,
            handle=form.cleaned_data["handle"],
            portrait=form.cleaned_data["new_photo"],
            without_photo=form.cleaned_data.get("remove_photo", False),
            **form.profile(),
        )
    except Refused as refusal:
        form.add_error("handle", str(refusal))
        return False
    member.language = changed.language
    return True


@member_required
@require_safe
def privacy(request):
    """What the site knows of the member and who sees it, to take along and to leave."""
    member = request.user
    made = list(Archive.objects.visible_to(member)[:10])
    context = {
        "member": member,
        "acceptances": member.acceptances.with_versions(),
        "archives": made,
        "kinds": archives.offered_to(member),
        "is_waiting": any(archive.state == Archive.State.WAITING for archive in made),
        "days": settings.ARCHIVE_DAYS,
    }
    return render(request, "members/me_privacy.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def request_archive(request):
    """Have a file made of what is one's own."""
    if request.method == "POST":
        actions.request_archive(request.POST.get("kind", ""), actor=request.user)
        messages.success(request, _("Your file is being made. We write to you when it is ready."))
    return redirect("me:privacy")


@member_required
@require_safe
def archive(request, pk):
    """A file that was made for the member: theirs alone."""
    found = get_object_or_404(Archive.objects.visible_to(request.user), pk=pk)
    require(can_fetch_archive(request.user, found))
    try:
        response = FileResponse(found.file.open(), as_attachment=True, filename=archives.get(found.kind).name)
    except FileNotFoundError as error:
        raise Http404 from error
    patch_cache_control(response, private=True, no_store=True)
    return response


@member_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def leave(request):
    """Leave the network, once one has read what becomes of what."""
    member = request.user
    answer = can_leave_network(member, member)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.leave_network(member, actor=member)
        logout(request)
        messages.success(
            request,
            _("You have left the network. If you log in within %(days)s days, everything is back.")
            % {"days": settings.LEAVING_DAYS},
        )
        return redirect("account_login")
    context = {
        "form": form,
        "answer": answer,
        "warnings": warnings_for(member),
        "days": settings.LEAVING_DAYS,
    }
    return render(request, "members/leave.html", context)


@require_http_methods(["GET", "POST"])
def renew_verification(request, token):
    """Say that the address that verifies one is still one's own: the link stands in a letter to it."""
    found = actions.member_of_renewal(token)
    if found and request.method == "POST":
        found = actions.renew_verification(token)
        if found:
            messages.success(request, _("Thank you. Your address is confirmed for the next months."))
            return redirect("/")
    status = 200 if found else 410
    return render(request, "members/renew.html", {"member": found}, status=status)


@member_required
@require_http_methods(["GET", "POST"])
def close_first_steps(request):
    """Offer the first steps no more."""
    if request.method == "POST":
        actions.close_first_steps(request.user, actor=request.user)
        messages.success(request, _("The first steps are put away."))
    return redirect("/feed/")


@member_required
@require_http_methods(["GET", "POST"])
def shortcuts(request):
    """Turn keyboard shortcuts off (or on again, with `wanted`), and come back."""
    if request.method == "GET":
        return redirect("me:profile")
    wanted = request.POST.get("wanted") == "yes"
    actions.set_shortcuts(request.user, actor=request.user, wanted=wanted)
    if wanted:
        messages.success(request, _("Keyboard shortcuts are on."))
    else:
        messages.success(request, _("Keyboard shortcuts are off. Your profile page turns them on again."))
    return redirect(safe_next(request, "/me/profile/"))


@require_safe
def portrait(request, handle):
    """A member's portrait, for whoever may see it. Its tag is the file's name, which changes with it."""
    member = get_object_or_404(Member, handle=handle)
    require(can_see_portrait(request.user, member))
    tag = f'"{member.photo.name.rpartition("/")[2]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(member.photo.open(), content_type="image/webp")
        except FileNotFoundError as error:
            raise Http404 from error
    response.headers["ETag"] = tag
    # Kept by the reader's own browser, and asked again: what one may see can change.
    patch_cache_control(response, private=True, max_age=300)
    return response
