from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.core.decorators import member_required

from .. import actions
from ..models import GroupProposal


@member_required
@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Take back a group that one proposed."""
    proposal = get_object_or_404(GroupProposal, proposer=request.user, pk=pk)
    if request.method == "POST" and actions.withdraw_proposal(proposal, actor=request.user):
        messages.success(request, _("Your proposal is taken back."))
    return redirect("groups:new")
