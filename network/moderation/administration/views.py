"""A case and an appeal in the administration, and what is done with them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require
from network.core.refusals import Refused

from .. import actions
from ..forms import (
    DecisionForm,
    QuestionForm,
    VoidForm,
    WithdrawalForm,
)
from ..models import Case, Decision, Sanction
from ..permissions import (
    can_decide_case,
    can_moderate_case,
    can_withdraw_decision,
)
from ..querysets import charter_of
from ..readings import CaseReading, statement_for_concerned
from ..statements import composed


class CaseMixin:
    """Finds the case of the address, for the moderators who may see it: for others it doesn't exist."""

    @cached_property
    def case(self):
        return get_object_or_404(Case.objects.for_page().with_reports(), pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        require(can_moderate_case(request.user, self.case))
        return super().dispatch(request, *args, **kwargs)

    def get_case_url(self):
        return reverse("moderation_cases:case", args=[self.case.pk])


class CasePageMixin(CaseMixin, WagtailAdminTemplateMixin):
    """A page about the case. Reading a closed group's words through it leaves a trace."""

    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        require(can_moderate_case(request.user, self.case))
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

    @cached_property
    def reading(self):
        return CaseReading(self.case, self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(case=self.case, reading=self.reading, **kwargs)


class CaseView(CasePageMixin, TemplateView):
    """All that is known of a case, and what can be done."""

    template_name = "moderation/administration/case.html"


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


class AskView(FormPage):
    template_name = "moderation/administration/ask.html"
    page_subtitle = _("Ask the author")

    def get_form(self, data=None):
        return QuestionForm(data)

    def form_valid(self, form):
        actions.ask_author(self.case, actor=self.request.user, question=form.cleaned_data["question"])
        messages.success(self.request, _("The author is asked. The case comes back with the answer."))
        return HttpResponseRedirect(self.get_case_url())


class WithdrawView(CasePageMixin, TemplateView):
    """Take back a decision that was wrong."""

    template_name = "moderation/administration/withdraw.html"
    page_subtitle = _("Withdraw a decision")

    @cached_property
    def decision(self):
        return get_object_or_404(Decision.objects.whole(), pk=self.kwargs["decision"], case=self.case)

    def get(self, request, *args, **kwargs):
        answer = can_withdraw_decision(request.user, self.decision)
        if not answer:
            messages.error(request, str(answer.reason))
            return HttpResponseRedirect(self.get_case_url())
        return self.render_to_response(self.get_context_data(form=WithdrawalForm()))

    def post(self, request, *args, **kwargs):
        form = WithdrawalForm(request.POST)
        if form.is_valid():
            try:
                require(can_withdraw_decision(request.user, self.decision))
                actions.withdraw_decision(
                    self.decision, actor=request.user, reason=form.cleaned_data["reason"]
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The decision is withdrawn, and those concerned are told."))
                return HttpResponseRedirect(self.get_case_url())
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        shown = statement_for_concerned(
            self.decision, self.decision.articles.all(), self.decision.sanctions.all()
        )
        return super().get_context_data(decision=self.decision, statement=shown, **kwargs)


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
            articles = self.reading.articles_of(self.charter)
            initial = composed(self.case, articles) | {"version": self.case.version, "articles": articles}
        return DecisionForm(data, initial=initial, case=self.case, charter=self.charter)

    def post(self, request, *args, **kwargs):
        if request.POST.get("step") == "compose":
            form = self.get_form(request.POST).with_phrases()
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

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
