"""What administrators fill in about groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Membership
from network.members.models import Institution, Member


class OfficialForm(forms.Form):
    """Which institution stands behind a group."""

    institution = forms.ModelChoiceField(
        Institution.objects.all(), label=_("Institution"), required=False, empty_label=_("None in particular")
    )


class OwnerForm(forms.Form):
    """Who is to own a group: one of its members, by handle."""

    handle = forms.CharField(label=_("Handle of the member"), max_length=200)

    def __init__(self, *args, group=None, **kwargs):
        self.group = group
        super().__init__(*args, **kwargs)

    def clean_handle(self):
        """The membership of the member whose handle it is."""
        handle = self.cleaned_data["handle"].strip().rstrip("/").rpartition("/")[2].lstrip("@")
        ties = Membership.objects.active().filter(space=self.group).select_related("member", "space")
        tie = ties.filter(member__handle=handle, member__status=Member.Status.ACTIVE).first()
        if tie is None:
            raise forms.ValidationError(_("No member of the group who takes part has this handle."))
        return tie


class ReasonForm(forms.Form):
    """Why a proposed group is refused."""

    reason = forms.CharField(
        label=_("Why not"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, refuses=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.refuses = refuses

    def clean_reason(self):
        """A refusal says why."""
        if self.refuses and not self.cleaned_data["reason"].strip():
            raise forms.ValidationError(_("Say why: the member will read it."))
        return self.cleaned_data["reason"]
