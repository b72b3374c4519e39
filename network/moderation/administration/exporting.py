"""The file of a case, for a legal request."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from network.core.refusals import Refused
from network.members.administration.views import ActView

from ..actions import export_case
from ..models import Case
from ..permissions import can_export_case


class ExportForm(forms.Form):
    reason = forms.CharField(
        label=_("For which request"),
        help_text=_(
            "Who asks, on what legal ground, under which reference. It is kept in the history of the case."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say which request this is for.")},
    )


class ExportCaseView(ActView):
    """Asks for which request the file is made, then gives it."""

    page_title = _("Export the file")
    header_icon = "download"
    form_class = ExportForm
    explanation = _(
        "You get one document with everything: the reports with the names of those who reported, the words, the "
        "history with its seals, the decisions, the appeals. Give it to nobody but who may ask for it by law."
    )
    button = _("Make the file")
    is_grave = True

    @cached_property
    def object(self):
        return get_object_or_404(Case.objects.for_page(), pk=self.kwargs["pk"])

    def answer(self):
        return can_export_case(self.request.user, self.object)

    def form_valid(self, form):
        try:
            document = export_case(
                self.object,
                actor=self.request.user,
                reason=form.cleaned_data["reason"],
                language=get_language()[:2],
            )
        except Refused as refusal:
            form.add_error("reason", str(refusal))
            return self.form_invalid(form)
        response = HttpResponse(document)
        response["Content-Disposition"] = f'attachment; filename="case-{self.object.pk}.html"'
        return response

    def get_success_url(self):
        if self.request.user.is_moderator:
            return reverse("moderation_cases:case", args=[self.object.pk])
        return reverse("wagtailadmin_home")
