"""One idea, one tag: found in three languages, followed, and silent about closed groups."""

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from network.tags.actions import name_tag, tags_for_names
from network.tags.models import Tag
from tests.factories import GroupFactory, MemberFactory, TagFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", roles=["administrator"])


@pytest.fixture
def archives(sofie):
    tag = TagFactory(name="archives")
    name_tag(tag, actor=sofie, language="nl", name="archief")
    name_tag(tag, actor=sofie, language="fr", name="archivage")
    return tag


def test_members_and_moderators_name_no_tag_for_everybody(charter):
    tag = TagFactory(name="archives")
    for member in (MemberFactory(), MemberFactory(roles=["moderator"])):
        with pytest.raises(PermissionDenied):
            name_tag(tag, actor=member, language="nl", name="archief")


def test_a_tags_page_holds_what_one_may_read_under_it(amina, archives, client_of):
    TopicFactory(title="Open", tags=["archives"])
    TopicFactory(title="Closed", tags=["archief"], space=GroupFactory(visibility="private"))
    response = client_of(amina).get("/tags/archives/")
    assertContains(response, "Open")
    assertNotContains(response, "Closed")
    assertContains(response, "archief")


def test_a_name_in_any_language_means_the_same_tag(archives):
    assert tags_for_names(["Archief", "archivage"], language="en") == [archives]


def test_visitors_read_what_is_public_under_a_tag(charter, archives, client):
    TopicFactory(title="Open", tags=["archives"])
    TopicFactory(title="Network", tags=["archives"], space=GroupFactory(visibility="network"))
    response = client.get("/tags/archives/")
    assertContains(response, "Open")
    assertNotContains(response, "Network")
    assertNotContains(response, "csrfmiddlewaretoken")


def test_a_tag_that_only_a_closed_group_uses_does_not_exist_for_others(amina, client_of):
    insider = MemberFactory()
    group = GroupFactory(visibility="hidden", members=[insider])
    TopicFactory(space=group, author=insider, tags=["zeppelins"])
    outside, inside = client_of(amina), client_of(insider)
    assert outside.get("/tags/zeppelins/").status_code == 404
    assertNotContains(outside.get("/tags/"), "zeppelins")
    assert outside.get("/tags/complete/", {"q": "zepp"}).json() == {"tags": []}
    assert outside.post("/tags/zeppelins/follow/").status_code == 404
    assertContains(inside.get("/tags/"), "zeppelins")
    assert inside.get("/tags/zeppelins/").status_code == 200


def test_a_tag_of_a_draft_is_its_authors_own(amina, client_of):
    TopicFactory(draft=True, tags=["unsaid"])
    assert client_of(amina).get("/tags/unsaid/").status_code == 404


def test_following_and_unfollowing(amina, archives, client_of):
    client = client_of(amina)
    assertRedirects(client.post("/tags/archives/follow/"), "/tags/archives/")
    assertContains(client.get("/tags/archives/"), "Unfollow")
    assert [link.title for link in client.get("/tags/archives/").context["my_tags"]] == ["archives"]
    client.post("/tags/archives/follow/")
    assertNotContains(client.get("/tags/archives/"), "Unfollow")


def test_pending_members_do_not_follow(charter, archives, client_of):
    assert client_of(MemberFactory(pending=True)).post("/tags/archives/follow/").status_code == 403


def test_visitors_are_sent_to_log_in_before_they_follow(charter, archives, client):
    assert client.post("/tags/archives/follow/")["Location"].startswith("/accounts/login/")


def test_a_merged_tag_leads_to_the_one_it_became(amina, archives, client_of):
    TagFactory(name="archiving", merged_into=archives)
    assertRedirects(client_of(amina).get("/tags/archiving/"), "/tags/archives/", status_code=301)


def test_completion_finds_names_in_any_language_without_accents(amina, sofie, client_of):
    tag = TagFactory(name="procurement")
    name_tag(tag, actor=sofie, language="fr", name="marchés publics")
    name_tag(tag, actor=sofie, language="nl", name="overheidsopdrachten")
    client = client_of(amina)
    assert client.get("/tags/complete/", {"q": "marches"}).json()["tags"] == [
        {"name": "procurement", "slug": "procurement"}
    ]
    fragment = client.get("/tags/complete/", {"q": "overheid"}, headers={"HX-Request": "true"})
    assertContains(fragment, '<option value="procurement">')


def test_no_tag_takes_the_address_of_completion(charter):
    (tag,) = tags_for_names(["complete"], language="en")
    assert tag.slug == "complete-2"


@pytest.mark.parametrize("count", [2, 20])
def test_a_tags_page_costs_the_same_whatever_it_holds(
    amina, archives, client_of, django_assert_num_queries, count
):
    for number in range(count):
        TopicFactory(tags=["archives", f"tag {number}"])
    client = client_of(amina)
    client.get("/tags/archives/")
    with django_assert_num_queries(11):
        response = client.get("/tags/archives/")
    assert len(response.context["piece"]) == count


@pytest.mark.parametrize("count", [2, 20])
def test_the_directory_costs_the_same_whatever_it_holds(amina, client_of, django_assert_num_queries, count):
    TopicFactory(tags=[f"tag {number}" for number in range(2)])
    Tag.objects.bulk_create(
        Tag(name=f"more {number}", slug=f"more-{number}", label_fr="x", label_nl="x")
        for number in range(count)
    )
    client = client_of(amina)
    client.get("/tags/")
    with django_assert_num_queries(8):
        response = client.get("/tags/")
    assert len(response.context["piece"]) == count + 2
