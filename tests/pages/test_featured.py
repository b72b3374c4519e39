"""What editors put forward is shown for as long as everybody may see it."""

import pytest
from django.urls import reverse
from wagtail.models import ReferenceIndex
from wagtail.search.index import get_indexed_models

from network.pages.models import HomePage, SectionPage
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db

HIDDEN = "Whispering gallery"


def _feature(page, *blocks):
    page.body = [*blocks]
    page.save_revision().publish()


def _home():
    return HomePage.objects.get(locale__language_code="en")


def _groups_block(*groups):
    chosen = {"title": "Chosen", "items": [group.pk for group in groups], "link": {}}
    return {"type": "groups", "value": chosen}


@pytest.fixture
def editor():
    return MemberFactory(roles=["editor"])


def test_a_chosen_group_is_shown(client):
    _feature(_home(), _groups_block(GroupFactory(title="Open tables")))

    assert "Open tables" in client.get("/en/").content.decode()


@pytest.mark.parametrize("visibility", ["network", "private", "hidden"])
def test_a_chosen_group_that_was_closed_since_disappears_from_the_page(client, visibility):
    group = GroupFactory(title=HIDDEN)
    _feature(_home(), _groups_block(group, GroupFactory(title="Open tables")))
    group.visibility = visibility
    group.save()

    html = client.get("/en/").content.decode()

    assert HIDDEN not in html
    assert "Open tables" in html


def test_a_block_of_which_nothing_may_be_shown_leaves_no_heading(client):
    _feature(_home(), _groups_block(GroupFactory(visibility="hidden")))

    assert "Chosen" not in client.get("/en/").content.decode()


def test_a_chosen_post_that_moderators_took_down_disappears(client):
    post = PostFactory(space=BlogFactory(), title=HIDDEN)
    chosen = {"title": "Read this", "items": [post.pk], "link": {}}
    _feature(_home(), {"type": "contributions", "value": chosen})
    assert HIDDEN in client.get("/en/").content.decode()

    type(post).objects.filter(pk=post.pk).update(moderation="hidden")

    assert HIDDEN not in client.get("/en/").content.decode()


def test_a_chosen_tag_leads_to_its_page(client):
    tag = TagFactory(label_fr="Thème", label_nl="Thema")
    chosen = {"title": "Themes", "items": [tag.pk], "link": {}}
    _feature(_home(), {"type": "tags", "value": chosen})

    assert tag.get_absolute_url() in client.get("/en/").content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_chosen_groups_cost_the_same_however_many(client, django_assert_num_queries, count):
    _feature(_home(), _groups_block(*(GroupFactory() for _ in range(count))))

    # page, its own fields, its translations, groups, their tags
    with django_assert_num_queries(5):
        client.get("/en/")


def test_the_chooser_offers_public_groups_alone(client_of, editor):
    open_group, closed = GroupFactory(title="Open tables"), GroupFactory(title=HIDDEN, visibility="private")
    client = client_of(editor)

    listed = client.get(reverse("group_chooser:choose")).content.decode()
    assert open_group.title in listed
    assert HIDDEN not in listed
    found = client.get(reverse("group_chooser:choose_results"), {"q": "whispering"}).content.decode()
    assert HIDDEN not in found
    assert client.get(reverse("group_chooser:chosen", args=[open_group.pk])).status_code == 200
    assert client.get(reverse("group_chooser:chosen", args=[closed.pk])).status_code == 404
    several = client.get(reverse("group_chooser:chosen_multiple"), {"id": [closed.pk, open_group.pk]})
    assert HIDDEN not in several.content.decode()


def test_the_choosers_of_contributions_and_tags_search(client_of, editor):
    topic = TopicFactory(space=GroupFactory(), author=MemberFactory(), title="Plain language in letters")
    TopicFactory(space=GroupFactory(visibility="network"), author=MemberFactory(), title="Plain but ours")
    tag = TagFactory(label_fr="Thème", label_nl="Thema")
    client = client_of(editor)

    found = client.get(reverse("contribution_chooser:choose_results"), {"q": "plain"}).content.decode()
    assert topic.title in found
    assert "Plain but ours" not in found
    assert tag.name in client.get(reverse("tag_chooser:choose_results"), {"q": tag.name}).content.decode()


def test_the_chooser_creates_nothing(client_of):
    client = client_of(MemberFactory(superuser=True))

    assert client.post(reverse("group_chooser:create"), {"title": "Made here"}).status_code in (302, 403)
    assert not GroupFactory._meta.model.objects.filter(title="Made here").exists()


def test_the_editor_of_a_page_is_not_told_the_name_of_a_group_that_was_closed(client_of, editor):
    group = GroupFactory(title="Open tables")
    home = _home()
    _feature(home, _groups_block(group))
    group.title, group.visibility = HIDDEN, "hidden"
    group.save()

    html = client_of(editor).get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()

    assert HIDDEN not in html
    assert "No longer public" in html


def test_what_is_put_forward_above_a_list_disappears_when_it_is_closed():
    page = SectionPage.objects.get(kind="groups", locale__language_code="en")
    group = GroupFactory(title="Open tables")
    page.featured = [{"type": "group", "value": group.pk}]
    page.save_revision().publish()
    fresh = SectionPage.objects.get(pk=page.pk)
    assert [card.title for card in fresh.as_section().groups] == ["Open tables"]

    group.visibility = "private"
    group.save()

    assert SectionPage.objects.get(pk=page.pk).as_section().groups == []


def test_a_tag_put_forward_above_the_list_of_tags_has_its_name_in_the_readers_language(client):
    tag = TagFactory(label_en="Procurement", label_fr="Marchés publics", label_nl="Overheidsopdrachten")
    for language in ("en", "fr"):
        page = SectionPage.objects.get(kind="tags", locale__language_code=language)
        page.featured = [{"type": "tag", "value": tag.pk}]
        page.save_revision().publish()

    for language, name in (("en", "Procurement"), ("fr", "Marchés publics")):
        html = client.get("/tags/", headers={"Accept-Language": language}).content.decode()
        assert f'href="{tag.get_absolute_url()}" rel="tag">{name}</a>' in html


def test_what_members_say_enters_neither_the_index_of_references_nor_that_of_pages():
    ours = {"groups", "blogs", "conversation", "members", "tags", "moderation", "charter"}

    assert not {model for model in ReferenceIndex.tracked_models if model._meta.app_label in ours}
    assert not {model for model in get_indexed_models() if model._meta.app_label in ours}
