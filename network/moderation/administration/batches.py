"""Obvious spam, many texts at once."""

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
from ..forms import SpamForm, SpamSearchForm
from ..models import Batch, Case
from ..permissions import can_moderate, can_see_batch


class SpamPage(WagtailAdminTemplateMixin, TemplateView):
    """For moderators."""

    header_icon = "warning"

    def dispatch(self, request, *args, **kwargs):
        require(can_moderate(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_cases:index"), "label": _("Cases")},
            {"url": "", "label": self.get_page_title()},
        ]


class SpamView(SpamPage):
    """Choose the cases that are obvious spam, and have them all removed."""

    template_name = "moderation/administration/spam.html"
    page_title = _("Obvious spam")

    @cached_property
    def search(self):
        return SpamSearchForm(self.request.GET)

    @cached_property
    def cases(self):
        """At most as many open cases as go into one batch, those that the search finds."""
        words = self.search.cleaned_data["words"] if self.search.is_valid() else ""
        cases = Case.objects.visible_to(self.request.user).about_open_words(words).for_list()
        return cases.by_urgency()[: actions.MOST_AT_ONCE]

    def post(self, request, *args, **kwargs):
        form = SpamForm(request.POST, cases=self.cases)
        if form.is_valid():
            try:
                batch = actions.remove_spam(
                    form.cleaned_data["cases"],
                    actor=request.user,
                    article_code=form.cleaned_data["article"].code,
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The texts are being removed, one after the other."))
                return HttpResponseRedirect(reverse("moderation_cases:batch", args=[batch.pk]))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", SpamForm(cases=self.cases))
        return super().get_context_data(search=self.search, **kwargs)


class BatchView(SpamPage):
    """How far a batch is, and what was left to be decided by hand."""

    template_name = "moderation/administration/batch.html"

    @cached_property
    def batch(self):
        return get_object_or_404(Batch, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        require(can_see_batch(request.user, self.batch))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return str(self.batch)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            batch=self.batch,
            progress=self.batch.items.progress(),
            refused=self.batch.items.refused(),
            **kwargs,
        )
