"""What members fill in about groups themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from network.conversation.forms import TagsField, WordsField
from network.core.models import Language
from network.members.models import Institution

from ..models import Group

# Who sees what, in one sentence and an example.
VISIBILITIES = [
    (
        Group.Visibility.PUBLIC,
        _(
            "Public: anyone on the web reads it, journalists and your management included. "
            "A citizen may find your topic with a search engine."
        ),
    ),
    (
        Group.Visibility.NETWORK,
        _(
            "Network: verified civil servants who are members of Boucle read it. "
            "A colleague from another institution reads your question; a journalist sees the group's title and "
            "description, and no topic."
        ),
    ),
    (
        Group.Visibility.PRIVATE,
        _(
            "Private: members of the group read it; others see that it exists and may ask to join. "
            "Your director, if not a member, sees the title and the description, and no topic."
        ),
    ),
    (
        Group.Visibility.HIDDEN,
        _(
            "Hidden: members of the group alone know that it exists; one joins by invitation. "
            "A colleague who isn't invited finds nothing, even when searching for its exact title."
        ),
    ),
]


class DirectoryForm(forms.Form):
    """What the list of groups is narrowed to, and its order."""

    SORTS = {"": "last_activity_at", "size": "member_count", "newest": "id"}

    q = forms.CharField(
        label=_("Words in the title"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    tag = forms.CharField(
        label=_("Theme"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-complete": "/tags/complete/"}),
    )
    institution = forms.ModelChoiceField(
        Institution.objects.all(),
        label=_("With people of"),
        required=False,
        to_field_name="slug",
        empty_label=_("Any institution"),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Any language")), *Language.choices], required=False
    )
    sort = forms.ChoiceField(
        label=_("First"),
        choices=[("", _("The liveliest")), ("size", _("The largest")), ("newest", _("The newest"))],
        required=False,
    )
    open = forms.BooleanField(label=_("Only groups that you can join at once"), required=False)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        # Who belongs to a group is known to verified members alone.
        if not member.is_authenticated or not member.is_verified:
            del self.fields["institution"], self.fields["open"]

    def groups_for(self, member):
        """The groups that the member may know of, narrowed to what was chosen where that makes sense."""
        wanted = self.wanted
        groups = Group.objects.visible_to(member).listed(
            text=wanted.get("q", ""), language=wanted.get("language", ""), tag=wanted.get("tag", "")
        )
        if wanted.get("institution"):
            groups = groups.with_people_of(wanted["institution"], member)
        return groups.open_to(member) if wanted.get("open") else groups

    @property
    def wanted(self):
        """What was chosen, or nothing where a choice makes no sense."""
        return self.cleaned_data if self.is_valid() else {}

    @property
    def narrows(self):
        """True when some groups are left out."""
        return any(value for name, value in self.wanted.items() if name != "sort")

    @property
    def order(self):
        """The column by which the list goes, from high to low."""
        return self.SORTS[self.wanted.get("sort", "")]


class GroupForm(forms.Form):
    """A group's description of itself, who reads it and how one joins."""

    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("Purpose"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What the group is about and whom it is for. Everybody who sees that it exists reads this."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who reads it"),
        choices=VISIBILITIES,
        widget=forms.RadioSelect,
        initial=Group.Visibility.NETWORK,
        help_text=_("You can narrow this later, but not widen it once something was said."),
    )
    join_policy = forms.ChoiceField(
        label=_("How one joins"),
        choices=Group.JoinPolicy.choices,
        widget=forms.RadioSelect,
        initial=Group.JoinPolicy.OPEN,
        help_text=_("Whoever wants to join a private group always asks; a hidden group always invites."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    tags = TagsField()
    rules = WordsField(
        label=_("Rules of the group"),
        required=False,
        help_text=_("They add to the charter, and never go against it. Who reads the group reads them."),
    )
    review_newcomers = forms.BooleanField(
        label=_("Facilitators look at newcomers' first contributions before others read them"), required=False
    )

    @classmethod
    def of(cls, group, *args, **kwargs):
        """The form that changes this group, filled in with what it says now."""
        initial = {name: getattr(group, name) for name in cls.base_fields if name != "tags"}
        initial["tags"] = [tag.label for tag in group.tags.all()]
        return cls(*args, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)

    def values(self):
        """What was filled in, as keyword arguments of `create_group` and `change_group`."""
        data = dict(self.cleaned_data)
        return {"tag_names": data.pop("tags"), **data}


class NewGroupForm(GroupForm):
    """A group to found; `seen` are the keys of the similar ones that were shown before."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def values(self):
        """What was filled in, as keyword arguments of `create_group` and `propose_group`."""
        values = super().values()
        del values["seen"]
        return values

    def unseen(self, groups):
        """Those of the groups that weren't shown yet; from now on they are."""
        seen = set(self.cleaned_data["seen"].split(","))
        self.data = self.data.copy()
        self.data["seen"] = ",".join(sorted({*seen, *(str(group.pk) for group in groups)} - {""}))
        return [group for group in groups if str(group.pk) not in seen]
