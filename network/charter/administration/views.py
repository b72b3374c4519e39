from datetime import datetime

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require
from network.core.refusals import Refused
from network.core.tables import csv_response
from network.members.administration.views import ActView

from .. import actions
from ..models import CharterVersion
from ..permissions import (
    can_announce_version,
    can_edit_version,
    can_export_acceptances,
    can_manage_charter,
    can_publish_version,
    can_put_in_force,
)
from ..presentation import acceptance_rows
from .forms import (
    AnnounceForm,
    ArticleFormSet,
    OpeningForm,
    PutInForceForm,
    initial_articles,
    initial_opening,
    words_of,
)


class VersionIndexView(generic.IndexView):
    page_title = _("Charter")
    add_item_label = _("Prepare a new version")


class VersionInspectView(generic.InspectView):
    """One version, where it stands, and the next step."""

    template_name = "charter/administration/version.html"

    def get_page_title(self):
        return _("Charter")

    def get_field_label(self, field_name, field):
        labels = {"created_at": _("Created"), "digest": "SHA-256"}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        """Moments as the clock of the reader shows them: a version begins at midnight here, not elsewhere."""
        value = super().get_field_display_value(field_name, field)
        return timezone.localtime(value) if isinstance(value, datetime) else value

    def get_fields_context(self):
        """What isn't there yet isn't shown."""
        return [field for field in super().get_fields_context() if field["value"] not in (None, "")]

    def get_context_data(self, **kwargs):
        actor, version = self.request.user, self.object
        steps = [
            ("write", _("Edit the text"), can_edit_version(actor, version), "button"),
            ("publish", _("Publish"), can_publish_version(actor, version), "button button-secondary"),
            ("announce", _("Announce"), can_announce_version(actor, version), "button"),
            ("enforce", _("Put in force now"), can_put_in_force(actor, version), "button button-secondary"),
            (
                "acceptances",
                _("Who accepted it (CSV)"),
                version.in_force_at and can_export_acceptances(actor),
                "button button-secondary",
            ),
        ]
        return super().get_context_data(
            steps=[
                {"url": reverse(f"charter_versions:{name}", args=[version.pk]), "label": label, "look": look}
                for name, label, answer, look in steps
                if answer
            ],
            **kwargs,
        )


class VersionMixin:
    """The version of the address, and the way back to its page."""

    header_icon = "doc-full"

    @cached_property
    def object(self):
        return get_object_or_404(CharterVersion.objects.with_words(), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.object)

    def get_success_url(self):
        return reverse("charter_versions:inspect", args=[self.object.pk])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("charter_versions:index"), "label": _("Charter")},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]


class DraftView(ActView):
    """The next version begins as a copy of the one in force."""

    page_title = _("Prepare a new version")
    header_icon = "doc-full"
    explanation = _(
        "You get a copy of the charter in force, which only administrators see. Nothing changes for members "
        "until you publish it and put it in force. If a draft is under way already, you get that one."
    )
    button = _("Prepare it")
    done = _("%(object)s can be edited now.")
    object = ""

    def answer(self):
        return can_manage_charter(self.request.user)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("charter_versions:index"), "label": _("Charter")},
            {"url": "", "label": self.page_title},
        ]

    def act(self, values):
        self.object = actions.draft_version(actor=self.request.user)

    def get_success_url(self):
        if self.object:
            return reverse("charter_versions:write", args=[self.object.pk])
        return reverse("charter_versions:index")


class WriteView(VersionMixin, WagtailAdminTemplateMixin, TemplateView):
    """The words of a draft, in three languages side by side."""

    template_name = "charter/administration/write.html"
    page_title = _("Edit the text")

    def dispatch(self, request, *args, **kwargs):
        require(can_edit_version(request.user, self.object))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def forms(self):
        data = self.request.POST if self.request.method == "POST" else None
        return (
            OpeningForm(data, initial=initial_opening(self.object), prefix="opening"),
            ArticleFormSet(data, initial=initial_articles(self.object), prefix="articles"),
        )

    def post(self, request, *args, **kwargs):
        opening, articles = self.forms
        if all([opening.is_valid(), articles.is_valid()]):
            try:
                actions.edit_version(self.object, actor=request.user, words=words_of(opening, articles))
            except Refused as refusal:
                opening.add_error(None, str(refusal))
            else:
                messages.success(request, _("The text is saved."))
                return HttpResponseRedirect(self.get_success_url())
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        opening, articles = self.forms
        return super().get_context_data(
            opening=opening, articles=articles, back_url=self.get_success_url(), **kwargs
        )


class PublishView(VersionMixin, ActView):
    page_title = _("Publish")
    explanation = _(
        "From then on everybody can read this version, and nobody can change a word of it, you included. It "
        "binds nobody until you put it in force."
    )
    button = _("Publish")
    is_grave = True
    done = _("%(object)s is published.")

    def answer(self):
        return can_publish_version(self.request.user, self.object)

    def act(self, values):
        actions.publish_version(self.object, actor=self.request.user)


class AnnounceView(VersionMixin, ActView):
    page_title = _("Announce")
    form_class = AnnounceForm
    explanation = _(
        "Every member gets a notification and a message, with what changes and the day on which it does. On that "
        "day the version comes into force by itself. Announce it again to choose another day: everybody is told."
    )
    button = _("Announce")
    done = _("%(object)s is announced; members are being told.")

    def answer(self):
        return can_announce_version(self.request.user, self.object)

    def form_valid(self, form):
        self.moment = form.moment()
        return super().form_valid(form)

    def act(self, values):
        actions.announce_version(
            self.object, actor=self.request.user, at=self.moment, days=values["days"] or 0
        )


class AcceptancesView(VersionMixin, View):
    """The proof of who accepted a version, as CSV."""

    def get(self, request, *args, **kwargs):
        rows = actions.export_acceptances(self.object, actor=request.user)
        return csv_response(
            f"charter-{self.object.number}-acceptances.csv", acceptance_rows(rows.iterator(2000))
        )


class PutInForceView(VersionMixin, ActView):
    page_title = _("Put in force")
    form_class = PutInForceForm
    explanation = _(
        "Every member, you too, will have to accept it. What they are writing meanwhile is kept for them."
    )
    button = _("Put in force")
    is_grave = True
    done = _("%(object)s is in force.")

    def answer(self):
        return can_put_in_force(self.request.user, self.object)

    def form_valid(self, form):
        self.grace_until = form.grace_until()
        return super().form_valid(form)

    def act(self, values):
        actions.put_in_force(self.object, actor=self.request.user, grace_until=self.grace_until)
