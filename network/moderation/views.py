"""Reporting, reading a decision, appealing."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversation.models import Contribution, Space
from network.core.answers import require
from network.core.decorators import member_required
from network.core.paging import newest_first
from network.core.parking import take
from network.core.refusals import Refused
from network.members.models import Member

from . import actions
from .forms import AnswerForm, AppealForm, DecisionForm, NoteForm, QuestionForm, ReportForm
from .models import Case, Decision, PendingReport, Report
from .permissions import (
    can_answer_case,
    can_appeal_decision,
    can_decide_case,
    can_handle_case,
    can_report_contribution,
    can_report_member,
    can_report_space,
    can_see_decision,
    can_see_group_cases,
)
from .querysets import charter_of
from .readings import CaseReading, DecisionReading, QuestionReading, ReportReading, statement_for_concerned
from .statements import composed
from .visitors import report_in


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
    member, status = request.user, 200
    if request.method == "POST":
        form = ReportForm(request.POST, member=member)
        if form.is_valid():
            try:
                if not member.is_authenticated:
                    data = form.cleaned_data
                    data.pop("website")
                    pending = actions.request_report(**context, language=get_language(), **data)
                    return render(
                        request, "moderation/confirm_sent.html", {"pending": pending, "target": target}
                    )
                action(target, actor=member, language=get_language(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                return _received(request)
    else:
        form = ReportForm(member=member, initial=take(request))
    shown = {"form": form, "target": target, **context}
    return render(request, "moderation/report.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def confirm_report(request, key):
    """Where the message to a visitor leads: the report counts from the moment they say so here."""
    found = get_object_or_404(PendingReport.objects.select_related("contribution", "space"), key=key)
    refusal = ""
    if request.method == "POST":
        try:
            made = actions.confirm_report(found)
        except Refused as refused:
            refusal = str(refused)
        else:
            return render(request, "moderation/received.html", {"report": made, "target": found.target})
    context = {"pending": found, "refusal": refusal}
    return render(request, "moderation/confirm_report.html", context)


def _received(request):
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


@require_http_methods(["GET", "POST"])
def visitor_decision(request, pk, token):
    """What was decided on a visitor's report, and the appeal against it, behind an address that is theirs alone."""
    found = get_object_or_404(Decision.objects.whole(), pk=pk)
    made = get_object_or_404(Report, pk=report_in(token, pk), reporter=None, case=found.case_id)
    reading = DecisionReading(found, request.user, report=made)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal_decision(found, report=made, grounds=form.cleaned_data["grounds"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(request.path)
    context = {"form": form, "reading": reading, "may_appeal": reading.may_appeal}
    return render(request, "moderation/visitor_decision.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def answer(request, pk):
    """Answer what the moderators asked about one's own text."""
    case = get_object_or_404(Case.objects.for_page().open(), contribution=pk)
    require(can_answer_case(request.user, case))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_case(case, actor=request.user, answer=form.cleaned_data["answer"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The moderators read your answer before they decide."))
            return redirect(case.contribution)
    return render(request, "moderation/answer.html", {"form": form, "reading": QuestionReading(case)})


@member_required
@require_safe
def group_cases(request, pk):
    """What was reported in a group, for those who keep order in it."""
    space = get_object_or_404(Space, pk=pk)
    require(can_see_group_cases(request.user, space))
    cases = Case.objects.in_groups_of(request.user).said_in(space).for_list().by_urgency()[:50]
    return render(request, "moderation/group_cases.html", {"space": space, "cases": cases})


def _group_case(request, pk, case_pk):
    case = get_object_or_404(Case.objects.for_page().said_in(pk), pk=case_pk)
    require(can_handle_case(request.user, case))
    return case


@member_required
@require_http_methods(["GET", "POST"])
def group_case(request, pk, case_pk):
    """One case of a group: what was said, why it was reported, and a note for the others."""
    case = _group_case(request, pk, case_pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.note_case(case, actor=request.user, text=form.cleaned_data["text"])
        return redirect(request.path)
    context = {"case": case, "reading": CaseReading(case, request.user), "form": form}
    return render(request, "moderation/group_case.html", context)


@member_required
@require_http_methods(["GET", "POST"])
def ask_in_group_case(request, pk, case_pk):
    """Ask the author to correct or explain."""
    case = _group_case(request, pk, case_pk)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_author(case, actor=request.user, question=form.cleaned_data["question"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The author is asked. The case comes back with the answer."))
            return redirect("moderation:group_case", pk, case_pk)
    return render(request, "moderation/group_question.html", {"case": case, "form": form})


@member_required
@require_POST
def pass_on_group_case(request, pk, case_pk):
    """Leave a case to the site's moderators."""
    case = _group_case(request, pk, case_pk)
    actions.escalate_case(case, actor=request.user)
    messages.success(request, _("The site's moderators take over."))
    return redirect("moderation:group_cases", pk)


@member_required
@require_http_methods(["GET", "POST"])
def decide_group_case(request, pk, case_pk):
    """Decide a case of one's group: filled in, read as the author will, then sent."""
    case = _group_case(request, pk, case_pk)
    require(can_decide_case(request.user, case))
    reading = CaseReading(case, request.user)
    charter = charter_of(case)
    initial = composed(case, reading.articles_of(charter)) | {
        "version": case.version,
        "articles": reading.articles_of(charter),
    }
    form = DecisionForm(request.POST or None, initial=initial, case=case, charter=charter, moderates=False)
    preview = None
    if request.method == "POST" and form.is_valid():
        step, version = request.POST.get("step"), form.cleaned_data["version"]
        try:
            if step == "confirm":
                actions.decide_case(case, actor=request.user, version=version, **form.terms())
                messages.success(request, _("The case is decided, and those concerned are told."))
                return redirect("moderation:group_cases", pk)
            if step != "edit":
                preview = statement_for_concerned(
                    *actions.preview_decision(case, version=version, **form.terms())
                )
        except Refused as refusal:
            form.data = form.data.copy()
            form.data["version"] = case.version
            form.add_error(None, str(refusal))
    context = {"case": case, "reading": reading, "form": form, "statement": preview}
    return render(request, "moderation/group_decide.html", context)
