"""An appeal in the administration, and its judgment."""

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
    AppealJudgmentForm,
    DecisionForm,
)
from ..models import Appeal, Decision
from ..permissions import (
    can_judge_appeal,
    can_see_appeal,
)
from ..querysets import charter_of
from ..readings import CaseReading, statement_for_concerned


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
