"""Groups in the administration: their cards, for administrators. What is said in them isn't read there."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views import generic

from network.core.answers import require

from .. import actions
from ..models import Group
from ..permissions import can_administer_groups, can_archive_group, can_declare_official


class GroupIndexView(generic.IndexView):
    """The groups whose cards the administrator may see: hidden ones of others aren't there."""

    page_title = _("Groups")
    default_ordering = "-last_activity_at"

    def get_base_queryset(self):
        return Group.objects.visible_to(self.request.user)


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
            **kwargs,
        )


class GroupActionView(View):
    """One action of administrators on a group; comes back to its page."""

    def post(self, request, pk):
        require(can_administer_groups(request.user))
        group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
        messages.success(request, self.act(group))
        return HttpResponseRedirect(reverse("groups_admin:inspect", args=[pk]))

    def act(self, group):
        """Do it, and return the words that say so."""
        raise NotImplementedError


class OfficialView(GroupActionView):
    """Declare a group official, or take that back."""

    def act(self, group):
        official = self.request.POST.get("official") == "yes"
        actions.declare_official(group, actor=self.request.user, official=official)
        return _("The group is official.") if official else _("The group is no longer official.")


class ArchiveView(GroupActionView):
    """Archive a group, or open it again."""

    def act(self, group):
        archived = self.request.POST.get("archived") == "yes"
        actions.archive_group(group, actor=self.request.user, archived=archived)
        return _("The group is archived.") if archived else _("The group is open again.")
