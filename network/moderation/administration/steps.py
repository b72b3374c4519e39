"""What is done with a case by a button: one step each."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from network.conversation.models import Contribution
from network.core.answers import require
from network.core.numbers import whole_number
from network.core.refusals import Refused

from .. import actions
from ..forms import (
    AssignmentForm,
)
from ..models import Sanction
from ..permissions import (
    can_open_case,
)
from ..querysets import colleagues_for
from .views import CaseMixin


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


class AssignView(StepView):
    done = _("Your colleague has this case in hand.")

    def act(self, request):
        colleagues = colleagues_for(self.case, request.user)
        form = AssignmentForm(request.POST, colleagues=colleagues)
        if not form.is_valid():
            raise Refused(_("Choose a colleague who may decide this case."))
        actions.assign_case(self.case, actor=request.user, to=form.cleaned_data["to"])


class NoteView(StepView):
    done = _("Your note is kept in the case.")

    def act(self, request):
        actions.note_case(self.case, actor=request.user, text=request.POST.get("text", ""))


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


class OpenCaseView(View):
    """Open a case about a contribution on a moderator's own initiative."""

    http_method_names = ["post"]

    def post(self, request, pk):
        contribution = get_object_or_404(Contribution.objects.select_related("space"), pk=pk)
        require(can_open_case(request.user, contribution))
        case = actions.open_case(contribution, actor=request.user)
        return HttpResponseRedirect(reverse("moderation_cases:case", args=[case.pk]))
