"""Groups in the administration: their cards, for administrators. What is said in them isn't read there."""

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require
from network.core.refusals import Refused

from .. import actions
from ..models import Group, GroupProposal
from ..permissions import (
    can_administer_groups,
    can_archive_group,
    can_decide_proposal,
    can_declare_official,
    can_set_role,
)
from .forms import OfficialForm, OwnerForm, ReasonForm


class GroupIndexView(generic.IndexView):
    """The groups whose cards the administrator may see: hidden ones of others aren't there."""

    page_title = _("Groups")
    default_ordering = "-last_activity_at"

    def get_base_queryset(self):
        return Group.objects.visible_to(self.request.user).select_related("institution")


class OrphanFilter(django_filters.BooleanFilter):
    """Only groups that nobody can own any more."""

    def filter(self, queryset, value):
        return queryset.orphaned() if value else queryset


class GroupFilterSet(WagtailFilterSet):
    orphaned = OrphanFilter(label=_("Without an owner"), widget=forms.CheckboxInput)

    class Meta:
        model = Group
        fields = ["visibility", "official"]


class GroupInspectView(generic.InspectView):
    """The card of one group, and what administrators do with it."""

    template_name = "groups/administration/group.html"

    def get_object(self, queryset=None):
        return get_object_or_404(Group.objects.visible_to(self.request.user), pk=self.pk)

    def get_page_title(self):
        return _("Group")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            group=self.object,
            may_declare=can_declare_official(self.request.user, self.object),
            may_archive=can_archive_group(self.request.user, self.object),
            may_name_owner=can_set_role(self.request.user, self.object),
            orphaned=Group.objects.orphaned().filter(pk=self.object.pk).exists(),
            official_form=OfficialForm(initial={"institution": self.object.institution_id}),
            owner_form=OwnerForm(),
            **kwargs,
        )


class GroupActionView(View):
    """One action of administrators on a group; comes back to its page."""

    def post(self, request, pk):
        require(can_administer_groups(request.user))
        group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
        try:
            messages.success(request, self.act(group))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("groups_admin:inspect", args=[pk]))

    def act(self, group):
        """Do it, and return the words that say so."""
        raise NotImplementedError


class OfficialView(GroupActionView):
    """Declare a group official, or take that back."""

    def act(self, group):
        official = self.request.POST.get("official") == "yes"
        form = OfficialForm(self.request.POST)
        institution = form.cleaned_data["institution"] if form.is_valid() else None
        actions.declare_official(group, actor=self.request.user, official=official, institution=institution)
        return _("The group is official.") if official else _("The group is no longer official.")


class OwnerView(GroupActionView):
    """Name an owner, of a group that has none any more for instance."""

    def act(self, group):
        form = OwnerForm(self.request.POST, group=group)
        if not form.is_valid():
            raise Refused(" ".join(form.errors["handle"]))
        tie = form.cleaned_data["handle"]
        actions.set_role(tie, actor=self.request.user, role=tie.Role.OWNER)
        return _("%(name)s owns the group now.") % {"name": tie.member.name}


class ArchiveView(GroupActionView):
    """Archive a group, or open it again."""

    def act(self, group):
        archived = self.request.POST.get("archived") == "yes"
        actions.archive_group(group, actor=self.request.user, archived=archived)
        return _("The group is archived.") if archived else _("The group is open again.")


class ProposalIndexView(generic.IndexView):
    """The groups that members have proposed."""

    page_title = _("Proposed groups")
    default_ordering = "-created_at"

    def get_base_queryset(self):
        return GroupProposal.objects.select_related("proposer")


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    """A proposed group as its proposer filled it in, and the answer to it."""

    template_name = "groups/administration/proposal.html"
    header_icon = "group"

    @cached_property
    def proposal(self):
        return get_object_or_404(
            GroupProposal.objects.select_related("proposer__institution", "group"), pk=self.kwargs["pk"]
        )

    def dispatch(self, request, *args, **kwargs):
        require(can_decide_proposal(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return self.proposal.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"proposal": self.proposal, "form": ReasonForm(), **kwargs})

    def post(self, request, *args, **kwargs):
        form = ReasonForm(request.POST, refuses=request.POST.get("answer") == "refuse")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            messages.success(request, self._answered(form))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("proposals_admin:index"))

    def _answered(self, form):
        """Give the answer; returns the words that say so."""
        if form.refuses:
            actions.refuse_proposal(
                self.proposal, actor=self.request.user, reason=form.cleaned_data["reason"]
            )
            return _("The proposal is refused, and %(name)s is told why.") % {
                "name": self.proposal.proposer.name
            }
        actions.approve_proposal(self.proposal, actor=self.request.user)
        return _("The group exists, and %(name)s is told.") % {"name": self.proposal.proposer.name}
