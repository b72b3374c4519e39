"""Choosing a group, a topic or post, or a tag for a page: only what everybody may see can be chosen.

What was chosen and has been closed since is still known to the page, but neither shown nor named.
"""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import ChooserBlock
from wagtail.permission_policies import BlanketPermissionPolicy

from network.conversation.querysets import SpaceQuerySet
from network.tags.models import normalise

from . import querysets

NO_LONGER_OPEN = _("No longer public: please remove it or choose another")


class _NobodyAdds(BlanketPermissionPolicy):
    """Members make groups, contributions and tags; a page only points at them."""

    def user_has_permission(self, user, action):
        return False


class FeaturedWidget(BaseChooser):
    show_edit_link = False

    def get_display_title(self, instance):
        return str(instance) if self.is_open(instance) else str(NO_LONGER_OPEN)

    def get_value_data_from_instance(self, instance):
        return {"id": instance.pk, "edit_url": "", self.display_title_key: self.get_display_title(instance)}

    def is_open(self, instance):
        """Whether everybody may see it; the block that fetched it in bulk has already asked."""
        known = getattr(instance, "is_open", None)
        return self.open_objects().filter(pk=instance.pk).exists() if known is None else known


class FeaturedBlock(ChooserBlock):
    """A chooser that fetches what its page shows at once, and marks what everybody may see: `is_open`."""

    class Meta:
        icon = "view"

    @property
    def field(self):
        return forms.ModelChoiceField(
            queryset=self.open_objects(),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
            error_messages={"invalid_choice": NO_LONGER_OPEN},
        )

    def bulk_to_python(self, values):
        shown = self.open_objects().in_bulk(values)
        gone = [pk for pk in values if pk not in shown]
        closed = self.model_class.objects.in_bulk(gone) if gone else {}
        for instance in shown.values():
            instance.is_open = True
        for instance in closed.values():
            instance.is_open = False
        return [shown.get(pk) or closed.get(pk) for pk in values]

    def to_python(self, value):
        return self.bulk_to_python([value])[0] if value is not None else None

    def value_from_form(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        try:
            return self.to_python(int(value))
        except ValueError:
            return None

    def clean(self, value):
        chosen = super().clean(value)
        if chosen is not None:
            # It is one of the open objects, or the field would have refused it.
            chosen.is_open = True
        return chosen


class _SearchForm(BaseFilterForm):
    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects):
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching = True
            self.search_query = words
            objects = self.matching(objects, words)
        return objects

    def matching(self, objects, words):
        for word in words.split()[:5]:
            objects = objects.filter(title__icontains=word)
        return objects


class _GroupSearchForm(_SearchForm):
    def matching(self, objects, words):
        return SpaceQuerySet.matching(objects, words)


class _TagSearchForm(_SearchForm):
    def matching(self, objects, words):
        named = Q(names__normalised__contains=normalise(words)) | Q(name__icontains=words)
        return objects.filter(named).distinct()


class FeaturedViewSet(ChooserViewSet):
    base_widget_class = FeaturedWidget
    base_block_class = FeaturedBlock
    permission_policy = _NobodyAdds(None)
    register_widget = False
    # Of each kind: what may be chosen, in which order, searched how, and the columns beside the title.
    open_objects = None
    ordering = "-pk"
    search_form = _SearchForm
    further_columns = ()

    def _of_this_kind(self, view_class):
        """The view, over what may be chosen alone."""
        viewset = self
        found = staticmethod(self.open_objects)

        class View(view_class):
            open_objects = found
            ordering = viewset.ordering
            filter_form_class = viewset.search_form

            def get_object_list(self):
                return self.open_objects()

            def get_object(self, pk):
                return self.open_objects().get(pk=pk)

            def get_objects(self, pks):
                return self.open_objects().filter(pk__in=pks)

            @property
            def columns(self):
                return [*super().columns, *viewset.further_columns]

        return View

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(self._of_this_kind(view_class), **kwargs)

    def get_block(self, name):
        """The block class of this chooser, as `network.pages.blocks` knows it."""
        block = self.get_block_class(name=name, module_path="network.pages.blocks")
        block.open_objects = staticmethod(self.open_objects)
        type(block.widget).open_objects = staticmethod(self.open_objects)
        return block


class GroupChooser(FeaturedViewSet):
    model = "groups.Group"
    icon = "group"
    choose_one_text = _("Choose a public group")
    choose_another_text = _("Choose another group")
    ordering = "title"
    search_form = _GroupSearchForm
    open_objects = staticmethod(querysets.open_groups)
    further_columns = (Column("member_count", label=_("Members")),)


class ContributionChooser(FeaturedViewSet):
    model = "conversation.Contribution"
    icon = "doc-full"
    choose_one_text = _("Choose a public topic or post")
    choose_another_text = _("Choose another topic or post")
    ordering = "-released_at"
    open_objects = staticmethod(querysets.open_contributions)
    further_columns = (Column("author", label=_("Author")), Column("space", label=_("Where")))


class TagChooser(FeaturedViewSet):
    model = "tags.Tag"
    icon = "tag"
    choose_one_text = _("Choose a tag")
    choose_another_text = _("Choose another tag")
    ordering = "name"
    search_form = _TagSearchForm
    open_objects = staticmethod(querysets.open_tags)
    further_columns = (Column("use_count", label=_("Uses")),)


group_chooser = GroupChooser("group_chooser", url_prefix="choose/group")
contribution_chooser = ContributionChooser("contribution_chooser", url_prefix="choose/contribution")
tag_chooser = TagChooser("tag_chooser", url_prefix="choose/tag")
