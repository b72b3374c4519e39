"""What members fill in about topics."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from network.conversation.forms import AddedFileField, RootForm

from ..models import Group, Topic


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
