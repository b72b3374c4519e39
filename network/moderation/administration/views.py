"""A case and an appeal in the administration, and what is done with them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.conversation.models import Contribution
from network.core.answers import require
from network.core.numbers import whole_number
from network.core.refusals import Refused

from .. import actions
from ..forms import AppealJudgmentForm, DecisionForm, VoidForm
from ..models import Appeal, Case, Decision, Sanction
from ..permissions import can_decide_case, can_judge_appeal, can_open_case, can_see_appeal, can_see_case
from ..querysets import charter_of
from ..readings import CaseReading, statement_for_concerned
from ..statements import composed


class CaseMixin:
    """Finds the case of the address, for those who may see it: for others it doesn't exist."""

    @cached_property
    def case(self):
        return get_object_or_404(Case.objects.for_page(), pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        require(can_see_case(request.user, self.case))
        return super().dispatch(request, *args, **kwargs)

    def get_case_url(self):
        return reverse("moderation_cases:case", args=[self.case.pk])


class CasePageMixin(CaseMixin, WagtailAdminTemplateMixin):
    """A page about the case. Reading a closed group's words through it leaves a trace."""

    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        require(can_see_case(request.user, self.case))
        actions.log_reading(self.case, actor=request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return str(self.case)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_cases:index"), "label": _("Cases")},
            {"url": self.get_case_url(), "label": str(self.case)},
        ]

    def get_context_data(self, **kwargs):
        reading = CaseReading(self.case, self.request.user)
        return super().get_context_data(case=self.case, reading=reading, **kwargs)


class CaseView(CasePageMixin, TemplateView):
    """All that is known of a case, and what can be done."""

    template_name = "moderation/administration/case.html"


class StepView(CaseMixin, View):
    """One step of a case, by a button; a refusal is told above the case."""

    http_method_names = ["post"]
    done = ""

    def post(self, request, *args, **kwargs):
        try:
            self.act(request)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done)
        return HttpResponseRedirect(self.get_case_url())


class TakeView(StepView):
    done = _("You have this case in hand.")

    def act(self, request):
        actions.take_case(self.case, actor=request.user, from_colleague="from_colleague" in request.POST)


class GiveBackView(StepView):
    done = _("The case is back in the queue.")

    def act(self, request):
        actions.give_back_case(self.case, actor=request.user)


def _version(request):
    return whole_number(request.POST.get("version"), 0)


class ConfirmView(StepView):
    done = _("The exclusion is decided, and those concerned are told.")

    def act(self, request):
        actions.confirm_decision(self.case, actor=request.user, version=_version(request))


class DeclineView(StepView):
    done = _("The exclusion is not decided: the case is open.")

    def act(self, request):
        actions.decline_proposal(self.case, actor=request.user, version=_version(request))


class LiftView(StepView):
    done = _("The sanction is over.")

    def act(self, request):
        sanction = get_object_or_404(Sanction, pk=self.kwargs["sanction"], decision__case=self.case)
        actions.lift_sanction(sanction, actor=request.user)


class FormPage(CasePageMixin, TemplateView):
    """A page with a form that keeps what was typed whatever happens."""

    def get(self, request, *args, **kwargs):
        answer = can_decide_case(request.user, self.case)
        if not answer:
            messages.error(request, str(answer.reason))
            return HttpResponseRedirect(self.get_case_url())
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            answer = can_decide_case(request.user, self.case)
            try:
                if not answer:
                    raise Refused(answer.reason)
                return self.form_valid(form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form))


class VoidView(FormPage):
    template_name = "moderation/administration/void.html"
    page_subtitle = _("Close without a decision")

    def get_form(self, data=None):
        return VoidForm(data)

    def form_valid(self, form):
        actions.void_case(self.case, actor=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The case is closed, and those who reported are told."))
        return HttpResponseRedirect(self.get_case_url())


class DecideView(FormPage):
    """The decision: filled in, read as the person will read it, then sent."""

    template_name = "moderation/administration/decide.html"
    preview_template = "moderation/administration/preview.html"
    page_subtitle = _("Decide")

    @cached_property
    def charter(self):
        return charter_of(self.case)

    def get_form(self, data=None):
        initial = None
        if data is None:
            invoked = [article.code for report in self.reports for article in report.articles.all()]
            articles = [article for article in self.charter.articles.all() if article.code in invoked]
            initial = composed(self.case, articles) | {"version": self.case.version, "articles": articles}
        return DecisionForm(data, initial=initial, case=self.case, charter=self.charter)

    @cached_property
    def reports(self):
        return CaseReading(self.case, self.request.user).reports

    def form_valid(self, form):
        terms, version = form.terms(), form.cleaned_data["version"]
        step = self.request.POST.get("step")
        if step == "edit":
            return self.render_to_response(self.get_context_data(form=form))
        try:
            if step == "confirm":
                return self.decide(terms, version)
            preview = actions.preview_decision(self.case, version=version, **terms)
        except Refused:
            # What was typed stays; sent again, it rests on the case as it is now and as the page shows it.
            form.data = form.data.copy()
            form.data["version"] = self.case.version
            raise
        self.template_name = self.preview_template
        return self.render_to_response(
            self.get_context_data(form=form, statement=statement_for_concerned(*preview))
        )

    def decide(self, terms, version):
        sanction = terms["sanction"]
        if sanction and sanction["kind"] == Sanction.Kind.EXCLUDED:
            actions.propose_decision(self.case, actor=self.request.user, version=version, **terms)
            messages.success(self.request, _("Your proposal waits for a colleague: an exclusion takes two."))
        else:
            actions.decide_case(self.case, actor=self.request.user, version=version, **terms)
            messages.success(self.request, _("The case is decided, and those concerned are told."))
        return HttpResponseRedirect(self.get_case_url())


class OpenCaseView(View):
    """Open a case about a contribution on a moderator's own initiative."""

    http_method_names = ["post"]

    def post(self, request, pk):
        contribution = get_object_or_404(Contribution.objects.select_related("space"), pk=pk)
        require(can_open_case(request.user, contribution))
        case = actions.open_case(contribution, actor=request.user)
        return HttpResponseRedirect(reverse("moderation_cases:case", args=[case.pk]))


class AppealView(WagtailAdminTemplateMixin, TemplateView):
    """An appeal with the decision that it contests, and its judgment."""

    template_name = "moderation/administration/appeal.html"
    header_icon = "help"

    @cached_property
    def appeal(self):
        return get_object_or_404(
            Appeal.objects.for_list().select_related("decision__case__contribution__space"),
            pk=self.kwargs["pk"],
        )

    @cached_property
    def decision(self):
        return get_object_or_404(Decision.objects.whole(), pk=self.appeal.decision_id)

    def dispatch(self, request, *args, **kwargs):
        require(can_see_appeal(request.user, self.appeal))
        actions.log_reading(self.decision.case, actor=request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**self.get_forms()))

    def post(self, request, *args, **kwargs):
        forms = self.get_forms(request.POST)
        judgment, replacement = forms["judgment"], forms["replacement"]
        varied = request.POST.get("verdict") == Appeal.Outcome.VARIED
        # Both are looked at, so that all errors are told at once.
        if all([judgment.is_valid(), not varied or replacement.is_valid()]):
            answer = can_judge_appeal(request.user, self.appeal)
            try:
                if not answer:
                    raise Refused(answer.reason)
                return self.judge(judgment, replacement.terms() if varied else None)
            except Refused as refusal:
                judgment.add_error(None, str(refusal))
        if not varied:
            forms["replacement"] = self.get_replacement(request.POST, touched=False)
        return self.render_to_response(self.get_context_data(**forms))

    def judge(self, form, terms):
        actions.judge_appeal(
            self.appeal,
            actor=self.request.user,
            outcome=form.cleaned_data["verdict"],
            reasons=form.cleaned_data["reasons"],
            terms=terms,
        )
        messages.success(self.request, _("The appeal is judged, and those concerned are told."))
        return HttpResponseRedirect(reverse("moderation_appeals:index"))

    def get_forms(self, data=None):
        return {
            "judgment": AppealJudgmentForm(data, decision=self.decision),
            "replacement": self.get_replacement(data),
        }

    def get_replacement(self, data=None, touched=True):
        """The decision that takes the other's place, which it starts from."""
        case, decision = self.decision.case, self.decision
        initial = {
            "version": case.version,
            "outcome": decision.outcome,
            "measure": decision.measure,
            "label": decision.label,
            "articles": decision.articles.all(),
            "legal_ground": decision.legal_ground,
            "facts": decision.facts,
            "explanation": decision.explanation,
            "scope": decision.scope,
        }
        if not touched:
            # Kept as typed, without complaints about what isn't asked.
            typed = {name: data.get(f"new-{name}") for name in DecisionForm.base_fields}
            initial |= {name: value for name, value in typed.items() if value}
            initial["articles"] = data.getlist("new-articles")
            data = None
        return DecisionForm(data, initial=initial, prefix="new", case=case, charter=charter_of(case))

    def get_page_title(self):
        return str(self.appeal)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_appeals:index"), "label": _("Appeals")},
            {"url": "", "label": str(self.appeal)},
        ]

    def get_context_data(self, **kwargs):
        case = self.decision.case
        return super().get_context_data(
            appeal=self.appeal,
            decision=self.decision,
            case=case,
            reading=CaseReading(case, self.request.user),
            statement=statement_for_concerned(
                self.decision, self.decision.articles.all(), self.decision.sanctions.all()
            ),
            answer=can_judge_appeal(self.request.user, self.appeal),
            **kwargs,
        )
