"""Reporting, reading a decision, appealing."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.conversation.models import Contribution, Space
from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import newest_first
from network.core.parking import take
from network.core.refusals import Refused
from network.members.models import Member

from . import actions
from .forms import AppealForm, ReportForm
from .models import Decision, Report
from .permissions import (
    can_appeal_decision,
    can_report_contribution,
    can_report_member,
    can_report_space,
    can_see_decision,
)
from .readings import DecisionReading, ReportReading


@require_http_methods(["GET", "POST"])
def report(request, pk):
    """Report a contribution: members what they read, visitors what is public."""
    found = get_object_or_404(
        Contribution.objects.select_related("space", "root", "author__institution", "audience_space"), pk=pk
    )
    require(can_report_contribution(request.user, found))
    return _report(request, found, actions.report_contribution, contribution=found)


@member_required
@require_http_methods(["GET", "POST"])
def report_member(request, handle):
    """Report a member of the network."""
    found = get_object_or_404(Member, handle=handle)
    require(can_report_member(request.user, found))
    return _report(request, found, actions.report_member, member=found)


@require_http_methods(["GET", "POST"])
def report_space(request, pk):
    """Report a group or a blog as such."""
    found = get_object_or_404(Space, pk=pk)
    require(can_report_space(request.user, found))
    return _report(request, found, actions.report_space, space=found)


def _report(request, target, action, **context):
    member = request.user
    if request.method == "POST":
        form = ReportForm(request.POST, member=member)
        if form.is_valid():
            try:
                made = action(
                    target,
                    actor=member if member.is_authenticated else None,
                    language=get_language(),
                    **form.cleaned_data,
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _received(request, made, target)
    else:
        form = ReportForm(member=member, initial=take(request))
    return render(request, "moderation/report.html", {"form": form, "target": target, **context})


def _received(request, made, target):
    if not request.user.is_authenticated:
        return render(request, "moderation/received.html", {"report": made, "target": target})
    messages.success(
        request,
        _("Thank you. Your report has arrived: a moderator looks at it, and you read here what was decided."),
    )
    return redirect("moderation:my_reports")


@member_required
@require_safe
def my_reports(request):
    """One's own reports, with what became of them."""
    page = newest_first(
        Report.objects.visible_to(request.user).for_list(), request.GET.get("after", ""), by="created_at"
    )
    readings = [ReportReading(report) for report in page]
    return render(request, "moderation/my_reports.html", {"page": page, "reports": readings})


def _decision(pk, member, permission):
    found = get_object_or_404(Decision.objects.whole(), pk=pk)
    require(permission(member, found))
    return found


@member_required
@require_safe
def decision(request, pk):
    """A statement of reasons, for those whom it concerns."""
    found = _decision(pk, request.user, can_see_decision)
    return render(request, "moderation/decision.html", {"reading": DecisionReading(found, request.user)})


@member_required
@require_http_methods(["GET", "POST"])
def appeal(request, pk):
    """Contest a decision."""
    found = _decision(pk, request.user, can_see_decision)
    reading = DecisionReading(found, request.user)
    if reading.appeal:
        return HttpResponseRedirect(found.get_absolute_url())
    require(can_appeal_decision(request.user, found))
    if request.method == "POST":
        form = AppealForm(request.POST)
        if form.is_valid():
            try:
                actions.appeal_decision(found, actor=request.user, grounds=form.cleaned_data["grounds"])
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("Your appeal has arrived. Somebody new to the case will judge it.")
                )
                return redirect(found)
    else:
        form = AppealForm(initial=take(request))
    return render(request, "moderation/appeal.html", {"form": form, "reading": reading})
