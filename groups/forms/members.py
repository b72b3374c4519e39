"""What members fill in about who belongs to groups."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Membership
from network.members.models import Member


class RequestForm(forms.Form):
    """A word to the facilitators with a request to join."""

    note = forms.CharField(
        label=_("A word to the facilitators"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why you would like to join. They alone read it."),
    )


class LevelForm(forms.Form):
    """What a member is told of a group."""

    level = forms.ChoiceField(label=_("What you are told"), choices=Membership.Level.choices)


class MembersForm(forms.Form):
    """What the list of a group's members is narrowed to."""

    q = forms.CharField(
        label=_("Name or job title"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            ("", _("Any role")),
            *(choice for choice in Membership.Role.choices if choice[0] != Membership.Role.FOLLOWER),
        ],
        required=False,
    )

    @property
    def wanted(self):
        """What was chosen, or nothing where a choice makes no sense."""
        data = self.cleaned_data if self.is_valid() else {}
        return {"text": data.get("q", ""), "role": data.get("role", "")}


class InviteForm(forms.Form):
    """Whom to invite: a member by their handle, or anybody by an e-mail address."""

    whom = forms.CharField(
        label=_("Member or e-mail address"),
        max_length=254,
        help_text=_(
            "The handle at the end of the address of a member's profile (the whole address will do), or the "
            "e-mail address of a colleague, who gets a link that holds for two weeks."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, inviter, **kwargs):
        self.inviter = inviter
        super().__init__(*args, **kwargs)

    def clean_whom(self):
        """The member whose handle it is, or the e-mail address in small letters."""
        typed = self.cleaned_data["whom"].strip()
        if "@" in typed[1:]:
            validate_email(typed)
            return typed.lower()
        handle = typed.rstrip("/").rpartition("/")[2].lstrip("@")
        member = Member.objects.visible_to(self.inviter).filter(handle=handle).first()
        if member is None:
            raise forms.ValidationError(_("No member has this handle."))
        return member


class SuccessorForm(forms.Form):
    """Who owns a group after its only owner has left."""

    successor = forms.TypedChoiceField(label=_("Who owns the group after you"))

    def __init__(self, *args, candidates, **kwargs):
        """`candidates` are memberships of the group; the one chosen is what the form gives."""
        super().__init__(*args, **kwargs)
        ties = {str(tie.pk): tie for tie in candidates}
        self.fields["successor"].choices = [(key, tie.member.name) for key, tie in ties.items()]
        self.fields["successor"].coerce = ties.get


class RoleForm(forms.Form):
    """What somebody does in a group."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[choice for choice in Membership.Role.choices if choice[0] != Membership.Role.FOLLOWER],
        widget=forms.RadioSelect,
        help_text=_("Facilitators answer requests, invite and keep order. Owners also give roles."),
    )


class RemoveForm(forms.Form):
    """Why somebody is put out of a group."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member reads this in the message that tells them."),
    )
    ban = forms.BooleanField(label=_("Never let them in again"), required=False)
