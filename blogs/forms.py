"""What members fill in about blogs and posts. Whether they may is for `permissions`."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from network.conversation.forms import RootForm, TagsField
from network.conversation.models import Attachment, Contribution
from network.core.models import Language
from network.core.numbers import whole_number
from network.members.models import Institution

from .models import Blog, Post

VISIBILITIES = [
    (
        Blog.Visibility.PUBLIC,
        _(
            "Public: anyone on the web, journalists and your management included. "
            "Search engines show your name beside your words."
        ),
    ),
    (
        Blog.Visibility.NETWORK,
        _(
            "Network: verified civil servants who are members of Boucle. Nobody else sees that the blog exists."
        ),
    ),
]
_READERS = {
    Blog.Visibility.PUBLIC: _(
        "Everyone who reads the blog: anyone on the web, journalists and your management included"
    ),
    Blog.Visibility.NETWORK: _("Everyone who reads the blog: verified members of the network"),
}
_SPACE, _NETWORK, _GROUP = "space", "network", "group-"


# How far ahead a post may be planned, in days.
FURTHEST = 366


class MomentField(forms.DateTimeField):
    """A moment to the minute, in the time zone of who fills it in."""

    def __init__(self, **kwargs):
        shown = "%Y-%m-%dT%H:%M"
        widget = forms.DateTimeInput(format=shown, attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=[shown, "%Y-%m-%d %H:%M"], **kwargs)


def check_moment(at):
    """Refuse a moment to publish at that is over, or too far."""
    now = timezone.now()
    if at <= now:
        raise forms.ValidationError(_("This moment is over: choose a later one, or leave it empty."))
    if at > now + timedelta(days=FURTHEST):
        raise forms.ValidationError(_("Choose a moment within a year."))


class MomentForm(forms.Form):
    """Another moment for a post that waits for one."""

    at = MomentField(label=_("Publish at"))

    def clean_at(self):
        check_moment(self.cleaned_data["at"])
        return self.cleaned_data["at"]


class OptionsForm(forms.Form):
    """What isn't the words of a post."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=120,
        help_text=_("The last part of its address. The former address goes on leading to it."),
    )
    replies_closed = forms.BooleanField(label=_("Take no comments"), required=False)
    series = forms.CharField(
        label=_("Series"),
        max_length=120,
        required=False,
        help_text=_("Posts with the same name here are shown as parts of one series."),
    )
    translation_of = forms.ModelChoiceField(
        Post.objects.none(),
        label=_("Translation of"),
        required=False,
        empty_label=_("None"),
        help_text=_("Your post in another language that says the same: each tells readers of the other."),
    )

    def __init__(self, *args, post, originals, **kwargs):
        """`originals` are the posts that it may be a translation of, as a queryset."""
        initial = {name: getattr(post, name) for name in ("slug", "series", "translation_of")}
        initial["replies_closed"] = not post.replies_open
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["translation_of"].queryset = originals


class DirectoryForm(forms.Form):
    """What the list of blogs is narrowed to."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Any language")), *Language.choices], required=False
    )
    institution = forms.ModelChoiceField(
        Institution.objects.all(), label=_("Institution"), empty_label=_("Any institution"), required=False
    )
    theme = forms.CharField(
        label=_("Theme"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    tag = forms.SlugField(widget=forms.HiddenInput, required=False)


class BlogForm(forms.Form):
    """A blog's presentation and who reads it."""

    title = forms.CharField(label=_("Title of the blog"), max_length=120)
    description = forms.CharField(
        label=_("Presentation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you write about, and for whom."),
    )
    visibility = forms.ChoiceField(
        label=_("Who reads it"),
        choices=VISIBILITIES,
        widget=forms.RadioSelect,
        help_text=_(
            "If you open it to the web, what you have published until then stays with the members of the network."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    tags = TagsField()

    @classmethod
    def of(cls, blog, *args, initial=None, **kwargs):
        """The form that changes this blog, filled in with what it says now."""
        said = {name: getattr(blog, name) for name in ("title", "description", "visibility", "languages")}
        said["tags"] = [tag.label for tag in blog.tags.all()]
        return cls(*args, initial=said | (initial or {}), **kwargs)

    def fields_of_blog(self):
        """What was filled in, by name of column."""
        return {name: value for name, value in self.cleaned_data.items() if name != "tags"}


class PostForm(RootForm):
    """A post; at the first one, the blog itself too."""

    blog_title = forms.CharField(
        label=_("Title of your blog"),
        max_length=120,
        help_text=_("This is your first post: your blog begins with it. You can change this later."),
    )
    blog_visibility = forms.ChoiceField(
        label=_("Who reads your blog"),
        choices=VISIBILITIES,
        widget=forms.RadioSelect,
        initial=Blog.Visibility.NETWORK,
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences, shown in lists."),
    )
    picture = forms.FileField(
        label=_("Cover picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_("JPEG, PNG, WebP or GIF, 10 MB at most."),
    )
    cover_alt = forms.CharField(
        label=_("What the cover shows"),
        max_length=300,
        required=False,
        help_text=_("For those who can't see it. Leave it empty if it only decorates."),
    )
    without_cover = forms.BooleanField(label=_("Take the cover picture away"), required=False)
    audience = forms.ChoiceField(label=_("Who reads this post"), widget=forms.RadioSelect, initial=_SPACE)
    series = forms.CharField(
        label=_("Series"),
        max_length=120,
        required=False,
        help_text=_("Posts with the same name here are shown as parts of one series."),
    )
    replies_closed = forms.BooleanField(label=_("Take no comments"), required=False)
    at = MomentField(
        label=_("Publish later, at"),
        required=False,
        help_text=_("In your time zone. Leave it empty to publish now."),
    )
    translation_of = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cover = forms.ModelChoiceField(Attachment.objects.none(), widget=forms.HiddenInput, required=False)
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = [
        "blog_title",
        "blog_visibility",
        "title",
        "summary",
        "body",
        "picture",
        "cover_alt",
        "without_cover",
        "tags",
        "language",
        "audience",
        "capacity",
        "series",
        "replies_closed",
        "at",
    ]

    def __init__(self, *args, member, blog, begun=True, groups=(), publishing=True, **kwargs):
        """`blog` is the member's own or None, `begun` whether its choices are made: something is published in it.

        `groups` are those to which they may narrow the post. A draft (`publishing` false) may still lack its
        title and its text.
        """
        super().__init__(*args, member=member, **kwargs)
        self.member, self.blog, self.begun, self.publishing = member, blog, bool(blog and begun), publishing
        self.groups = {f"{_GROUP}{group.pk}": group for group in groups}
        if self.begun:
            del self.fields["blog_title"], self.fields["blog_visibility"]
        else:
            self.fields["blog_title"].initial = blog.title if blog else member.name
            self.fields["blog_visibility"].initial = blog.visibility if blog else Blog.Visibility.NETWORK
            for name in ("blog_title", "blog_visibility"):
                self.fields[name].required = publishing and blog is None
        self.fields["audience"].choices = self._audiences(blog if self.begun else None)
        for name in ("title", "body"):
            # What is required, browsers and readers of screens say at once: to publish it takes both.
            self.fields[name].required = publishing
        self.fields["cover"].queryset = Attachment.objects.filter(owner=member, width__isnull=False)
        if not self["cover"].value():
            del self.fields["without_cover"]

    def _audiences(self, blog):
        everyone = (
            _READERS[blog.visibility] if blog else _("Everyone who reads your blog, as you chose above")
        )
        choices = [(_SPACE, everyone)]
        if blog is None or blog.visibility == Blog.Visibility.PUBLIC:
            choices.append((_NETWORK, _("Verified members of the network only")))
        return choices + [
            (key, _("Members of the group “%(group)s” only") % {"group": group.title})
            for key, group in self.groups.items()
        ]

    @staticmethod
    def words_of(draft):
        """What the form starts from to go on with a draft."""
        audience = draft.audience or _SPACE
        if draft.audience == Contribution.Audience.GROUP:
            audience = f"{_GROUP}{draft.audience_space_id}"
        return {
            "title": draft.title,
            "summary": draft.summary,
            "body": draft.body,
            "cover": draft.cover_id,
            "cover_alt": draft.cover.alt if draft.cover else "",
            "tags": [tag.label for tag in draft.tags.all()],
            "language": draft.language,
            "audience": audience,
            "capacity": draft.institution_id or draft.capacity,
            "draft": draft.pk,
            "submission": draft.submission,
            "series": draft.series,
            "replies_closed": not draft.replies_open,
            "translation_of": draft.translation_of_id,
            "version": draft.version,
        }

    @staticmethod
    def words_of_translation(original, member):
        """What the form starts from to offer a published post in another language: the one that the author reads."""
        others = [code for code in (member.language, *Language.values) if code != original.language]
        return {
            "title": original.title,
            "summary": original.summary,
            "body": original.body,
            "tags": [tag.label for tag in original.tags.all()],
            "language": others[0],
            "series": original.series,
            "translation_of": original.translation_of_id or original.pk,
        }

    def clean_at(self):
        """The moment counts for who publishes alone."""
        at = self.cleaned_data["at"]
        if at and self.publishing:
            check_moment(at)
        return at

    def clean_translation_of(self):
        """One's own post, or none."""
        key = self.cleaned_data["translation_of"]
        return Post.objects.filter(author=self.member, pk=key).first() if key else None

    @property
    def has_words(self):
        """Is there anything to keep?"""
        return any(self.cleaned_data[name] for name in ("title", "summary", "body"))

    @cached_property
    def kept_cover(self):
        """The picture that is kept as cover already, or None."""
        key = whole_number(self["cover"].value())
        return self.fields["cover"].queryset.filter(pk=key).first() if key else None

    def blog_choices(self):
        """What to begin the blog with, as `open_blog` takes it."""
        data = self.cleaned_data
        return {
            "title": data.get("blog_title") or self.fields["blog_title"].initial,
            "visibility": data.get("blog_visibility") or self.fields["blog_visibility"].initial,
            "languages": [data["language"]],
        }

    def apply_to(self, post):
        """Write what was filled in into an unsaved or draft post."""
        data = self.cleaned_data
        post.summary = data["summary"]
        post.series = data["series"]
        post.replies_open = not data["replies_closed"]
        post.translation_of = data["translation_of"]
        post.cover = None if data.get("without_cover") else data["cover"]
        post.audience_space = self.groups.get(data["audience"])
        if post.audience_space:
            post.audience = Contribution.Audience.GROUP
        else:
            post.audience = Contribution.Audience.NETWORK if data["audience"] == _NETWORK else ""
        return super().apply_to(post)
