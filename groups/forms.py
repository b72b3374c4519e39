"""What members fill in about groups. Whether they may is for `permissions`."""

from django import forms
from django.core.validators import validate_email
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from network.conversation.forms import AddedFileField, RootForm, TagsField, WordsField
from network.conversation.models import Membership
from network.core.models import Language
from network.members.models import Institution, Member

from .models import Group, Topic

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


class TopicForm(RootForm):
    """A new topic."""

    type = forms.ChoiceField(label=_("Kind of topic"), choices=Topic.Type.choices, widget=forms.RadioSelect)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = AddedFileField()
    asks_acknowledgement = forms.BooleanField(
        label=_("Ask readers to confirm that they have read it"), required=False
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which an announcement holds, if it has one."),
    )
    field_order = [
        "title",
        "type",
        "body",
        "file",
        "tags",
        "language",
        "capacity",
        "asks_acknowledgement",
        "valid_until",
    ]

    def __init__(self, *args, announces, initial=None, **kwargs):
        """`announces` says whether the member may start announcements here."""
        super().__init__(*args, initial={"type": Topic.Type.DISCUSSION} | (initial or {}), **kwargs)
        if not announces:
            self.fields["type"].choices = [
                choice for choice in Topic.Type.choices if choice[0] != Topic.Type.ANNOUNCEMENT
            ]
            del self.fields["asks_acknowledgement"], self.fields["valid_until"]

    @staticmethod
    def words_of(draft):
        """What the form starts from to go on with a draft."""
        return {
            "title": draft.title,
            "type": draft.type,
            "body": draft.body,
            "tags": [tag.label for tag in draft.tags.all()],
            "language": draft.language,
            "capacity": draft.institution_id or draft.capacity,
            "asks_acknowledgement": draft.asks_acknowledgement,
            "valid_until": draft.valid_until,
            "draft": draft.pk,
            "submission": draft.submission,
        }

    def apply_to(self, topic):
        """Write what was filled in into an unsaved or draft topic."""
        topic.type = self.cleaned_data["type"]
        topic.asks_acknowledgement = self.cleaned_data.get("asks_acknowledgement", False)
        topic.valid_until = self.cleaned_data.get("valid_until")
        return super().apply_to(topic)


class ReturnForm(forms.Form):
    """Why a newcomer's first contribution is given back."""

    reason = forms.CharField(
        label=_("Why you give it back"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The member reads this. Not needed to publish."),
    )


class MoveForm(forms.Form):
    """To which group a topic goes."""

    group = forms.ModelChoiceField(
        label=_("Group"), queryset=Group.objects.none(), help_text=_("Groups in which you may write.")
    )
    widen = forms.BooleanField(
        label=_("I know that more people will read it there, and that those who wrote are told"),
        required=False,
    )

    def __init__(self, *args, groups, **kwargs):
        """`groups` are those to choose among."""
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class MergeForm(forms.Form):
    """Which topic another one joins."""

    into = forms.TypedChoiceField(label=_("Topic that it joins"), coerce=int)

    def __init__(self, *args, topics, **kwargs):
        """`topics` are those to choose among."""
        super().__init__(*args, **kwargs)
        self.topics = {topic.pk: topic for topic in topics}
        self.fields["into"].choices = [(key, topic.title) for key, topic in self.topics.items()]

    def clean_into(self):
        """The topic that was chosen."""
        return self.topics[self.cleaned_data["into"]]


class SplitForm(forms.Form):
    """Which replies become a topic of their own, and what it is called."""

    title = forms.CharField(label=_("Title of the new topic"), max_length=160)
    numbers = forms.TypedMultipleChoiceField(
        label=_("Replies"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, replies, **kwargs):
        """`replies` are those to choose among."""
        super().__init__(*args, **kwargs)
        self.fields["numbers"].choices = [
            (reply.number, f"#{reply.number} · {reply.author.name}: {Truncator(reply.body_text).chars(90)}")
            for reply in replies
        ]
