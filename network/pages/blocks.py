"""What pages are made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from network.core.thresholds import threshold

from . import querysets
from .choosers import contribution_chooser, group_chooser, tag_chooser
from .figures import figures

WORDS = ["bold", "italic", "ol", "ul", "link", "document-link"]
TEXT = ["h2", "h3", *WORDS]

GroupBlock = group_chooser.get_block("GroupBlock")
ContributionBlock = contribution_chooser.get_block("ContributionBlock")
TagBlock = tag_chooser.get_block("TagBlock")


def address(value):
    """Refuse what is neither an address of this site nor one of the web."""
    if (value and not value.startswith(("/", "https://"))) or value.startswith("//"):
        raise ValidationError(
            _("An address starts with / for a page of this site, or with https:// for another site.")
        )


class LinkBlock(blocks.StructBlock):
    """A link with its words; both or neither."""

    label = blocks.CharBlock(label=_("Words"), max_length=60, required=False)
    url = blocks.CharBlock(label=_("Address"), max_length=300, required=False, validators=[address])

    class Meta:
        label = _("Link")
        icon = "link"

    def clean(self, value):
        value = super().clean(value)
        if bool(value["label"]) != bool(value["url"]):
            raise blocks.StructBlockValidationError(
                {
                    "url" if value["label"] else "label": ValidationError(
                        _("A link needs words and an address.")
                    )
                }
            )
        return value


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "pages/blocks/text.html"


class QuestionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question or title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Text"), features=WORDS)

    class Meta:
        label = _("Question")


class AccordionBlock(blocks.StructBlock):
    """Questions whose answers open one by one."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        label = _("Questions and answers")
        icon = "list-ul"
        template = "pages/blocks/accordion.html"


class TableBlock(TypedTableBlock):
    class Meta:
        label = _("Table")
        icon = "table"
        template = "pages/blocks/table.html"


class CalloutBlock(blocks.StructBlock):
    """A few words that should not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Information")), ("warning", _("Warning")), ("official", _("Official"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=500, required=False)
    link = LinkBlock(required=False)

    class Meta:
        label = _("Callout")
        icon = "warning"
        template = "pages/blocks/callout.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words quoted"), max_length=600)
    source = blocks.CharBlock(label=_("Whose words"), max_length=160)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "pages/blocks/quote.html"


class PictureBlock(ImageBlock):
    class Meta:
        label = _("Picture")
        template = "pages/blocks/picture.html"


class ContactBlock(blocks.StructBlock):
    """Words, then the network's own address for mail, which stands in the settings."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=500, required=False)

    class Meta:
        label = _("Contact")
        icon = "mail"
        template = "pages/blocks/contact.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"email": threshold("contact_email")}


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), max_length=300)

    class Meta:
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=4)
    link = LinkBlock(required=False)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "pages/blocks/steps.html"


class FiguresBlock(blocks.StructBlock):
    """How many members, institutions, groups and contributions there are: counted, not typed."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        label = _("Figures")
        icon = "history"
        template = "pages/blocks/figures.html"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"figures": figures()}


class ListOfBlock(blocks.StructBlock):
    """A heading and what stands under it, each thing as its card; nothing when there is nothing."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    link = LinkBlock(label=_("Link to all"), required=False)


class FeaturedBlock(ListOfBlock):
    """Things chosen one by one, of which those that everybody may see today are shown."""

    def get_context(self, value, parent_context=None):
        shown = [item for item in value["items"] if getattr(item, "is_open", False)]
        return super().get_context(value, parent_context) | {"items": shown}


class FeaturedGroupsBlock(FeaturedBlock):
    items = blocks.ListBlock(GroupBlock(label=_("Group")), label=_("Groups"), max_num=6)

    class Meta:
        label = _("Chosen groups")
        icon = "group"
        template = "pages/blocks/groups.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"items": querysets.group_cards(context["items"])}


class FeaturedContributionsBlock(FeaturedBlock):
    items = blocks.ListBlock(
        ContributionBlock(label=_("Topic or post")), label=_("Topics and posts"), max_num=6
    )

    class Meta:
        label = _("Chosen topics and posts")
        icon = "doc-full"
        template = "pages/blocks/contributions.html"


class FeaturedTagsBlock(FeaturedBlock):
    items = blocks.ListBlock(TagBlock(label=_("Tag")), label=_("Tags"), max_num=20)

    class Meta:
        label = _("Chosen tags")
        icon = "tag"
        template = "pages/blocks/tags.html"


class LiveliestGroupsBlock(ListOfBlock):
    """The public groups in which something was said last."""

    count = blocks.IntegerBlock(label=_("How many"), min_value=2, max_value=12, default=4)

    class Meta:
        label = _("Liveliest public groups")
        icon = "group"
        template = "pages/blocks/groups.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        groups = querysets.liveliest_groups(value["count"])
        return context | {"items": querysets.group_cards(groups)}


class NewestContributionsBlock(ListOfBlock):
    """The newest public posts, topics or both."""

    what = blocks.ChoiceBlock(
        label=_("What"),
        choices=[("post", _("Blog posts")), ("topic", _("Topics")), ("both", _("Both"))],
        default="post",
    )
    count = blocks.IntegerBlock(label=_("How many"), min_value=2, max_value=12, default=3)

    class Meta:
        label = _("Newest public contributions")
        icon = "doc-full"
        template = "pages/blocks/contributions.html"

    def get_context(self, value, parent_context=None):
        kinds = ["post", "topic"] if value["what"] == "both" else [value["what"]]
        context = super().get_context(value, parent_context)
        return context | {"items": querysets.newest_contributions(kinds, value["count"])}


class NewsBlock(ListOfBlock):
    """The latest news, in the page's language."""

    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=6, default=3)

    class Meta:
        label = _("Latest news")
        icon = "calendar"
        template = "pages/blocks/news.html"

    def get_context(self, value, parent_context=None):
        from .models import NewsPage

        context = super().get_context(value, parent_context)
        page = context.get("page")
        news = NewsPage.objects.newest(page.locale_id)[: value["count"]] if page else []
        return context | {"items": news}


def home_blocks():
    """What the home page may hold."""
    return [
        ("steps", StepsBlock()),
        ("figures", FiguresBlock()),
        ("liveliest_groups", LiveliestGroupsBlock()),
        ("newest_contributions", NewestContributionsBlock()),
        ("groups", FeaturedGroupsBlock()),
        ("contributions", FeaturedContributionsBlock()),
        ("tags", FeaturedTagsBlock()),
        ("news", NewsBlock()),
        ("text", TextBlock(features=TEXT)),
        ("callout", CalloutBlock()),
        ("quote", QuoteBlock()),
    ]


def text_blocks():
    """What help, legal and news pages may hold."""
    return [
        ("text", TextBlock(features=TEXT)),
        ("accordion", AccordionBlock()),
        (
            "table",
            TableBlock(
                [
                    ("text", blocks.CharBlock(label=_("Short text"), required=False)),
                    ("rich_text", blocks.RichTextBlock(label=_("Text"), features=WORDS, required=False)),
                ]
            ),
        ),
        ("callout", CalloutBlock()),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        ("contact", ContactBlock()),
    ]


def featured_blocks():
    """What may be put forward above a list."""
    return [
        ("group", GroupBlock(label=_("Group"))),
        ("contribution", ContributionBlock(label=_("Topic or post"))),
        ("tag", TagBlock(label=_("Tag"))),
    ]
