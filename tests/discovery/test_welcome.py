"""A newcomer finds the way in: something to say it in, first steps, and groups and people close to them."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from network.conversation.actions import follow_member
from network.members.models import Expertise
from tests.factories import (
    GroupFactory,
    InstitutionFactory,
    MemberFactory,
    ReplyFactory,
    TagFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina")


def knows(member, *tags):
    for tag in tags:
        Expertise.objects.create(content_object=member, tag=tag)
    return member


def test_the_feed_opens_with_a_way_to_write(amina, client_of):
    group = GroupFactory(title="Accessibility", members=[amina])
    response = client_of(amina).get("/feed/")
    assertContains(response, "Ask, share, write…")
    assertContains(response, f'href="/groups/{group.slug}/topics/new/"')


def test_who_is_not_verified_is_offered_neither_writing_nor_first_steps(charter, client_of):
    response = client_of(MemberFactory(pending=True)).get("/feed/")
    assertNotContains(response, "Ask, share, write…")
    assertNotContains(response, "First steps")


def test_first_steps_say_what_is_done(amina, client_of):
    assertNotContains(client_of(amina).get("/feed/"), "Done:")
    GroupFactory(members=[amina])
    response = client_of(amina).get("/feed/")
    assertContains(response, "Done:", count=1)
    assertContains(response, "Add your photo")


def test_first_steps_go_when_all_are_done(amina, client_of):
    ReplyFactory(root=TopicFactory(space=GroupFactory(members=[amina])), author=amina)
    amina.photo, amina.contribution_count = "portraits/1/a.webp", 1
    amina.save()
    assertNotContains(client_of(amina).get("/feed/"), "First steps")


def test_first_steps_are_put_away_for_good(amina, client_of):
    client = client_of(amina)
    assertContains(client.get("/feed/"), "First steps")
    assertRedirects(client.post("/me/first-steps/"), "/feed/", fetch_redirect_response=False)
    assertNotContains(client.get("/feed/"), 'id="first-steps"')
    assertNotContains(client_of(amina).get("/feed/"), 'id="first-steps"')


def test_groups_of_ones_institution_are_suggested(client_of, charter):
    institution = InstitutionFactory()
    amina, colleague = MemberFactory.create_batch(2, institution=institution)
    TopicFactory(space=GroupFactory(members=[amina]))
    GroupFactory(title="Where my colleague is", members=[colleague])
    GroupFactory(title="Where strangers are", members=[MemberFactory()])
    response = client_of(amina).get("/feed/")
    assert [group.title for group in response.context["suggested"].groups] == ["Where my colleague is"]
    assertContains(response, "Groups close to you")


@pytest.mark.parametrize(
    "closed", [{"visibility": "hidden"}, {"visibility": "private"}, {"join_policy": "invitation"}]
)
def test_groups_that_one_cannot_join_are_not_suggested(client_of, charter, closed):
    institution = InstitutionFactory()
    amina, colleague = MemberFactory.create_batch(2, institution=institution)
    GroupFactory(members=[amina])
    GroupFactory(title="Behind a wall", members=[colleague], **closed)
    response = client_of(amina).get("/feed/")
    assert response.context["suggested"].groups == []


def test_who_follows_nothing_sees_the_groups_of_their_institution_first(client_of, charter):
    institution = InstitutionFactory()
    amina, colleague = MemberFactory.create_batch(2, institution=institution)
    GroupFactory(title="Where my colleague is", members=[colleague])
    GroupFactory(title="Where strangers are", members=MemberFactory.create_batch(3))
    response = client_of(amina).get("/feed/")
    titles = [group.title for group in response.context["suggested_groups"]]
    assert titles == ["Where my colleague is", "Where strangers are"]


@pytest.mark.parametrize("count", [2, 20])
def test_the_feed_of_who_follows_nothing_costs_the_same(client_of, charter, django_assert_num_queries, count):
    institution, tag = InstitutionFactory(), TagFactory()
    amina = knows(MemberFactory(institution=institution), tag)
    for colleague in MemberFactory.create_batch(count, institution=institution):
        TopicFactory(space=GroupFactory(members=[knows(colleague, tag)]), tags=["archives"])
    client = client_of(amina)
    client.get("/feed/")
    with django_assert_num_queries(12):
        client.get("/feed/")


def test_people_who_know_the_same_are_suggested_who_shares_most_first(amina, client_of):
    archives, heritage = TagFactory(), TagFactory()
    knows(amina, archives, heritage)
    knows(MemberFactory(name="Shares one"), archives)
    knows(MemberFactory(name="Shares two"), archives, heritage)
    knows(MemberFactory(name="Gone", deactivated=True), archives)
    follow_member(knows(MemberFactory(name="Followed"), archives), actor=amina)
    response = client_of(amina).get("/feed/")
    assert [member.name for member in response.context["suggested"].people] == ["Shares two", "Shares one"]


def test_who_has_found_their_groups_is_offered_no_more(amina, client_of):
    tag = TagFactory()
    knows(amina, tag)
    knows(MemberFactory(name="Shares one"), tag)
    for _number in range(3):
        GroupFactory(members=[amina])
    assertNotContains(client_of(amina).get("/feed/"), "They know what you know")


@pytest.mark.parametrize("count", [2, 20])
def test_a_newcomers_feed_costs_the_same_however_many_are_close(
    client_of, charter, django_assert_num_queries, count
):
    institution, tag = InstitutionFactory(), TagFactory()
    amina = knows(MemberFactory(institution=institution), tag)
    TopicFactory(space=GroupFactory(members=[amina]))
    for colleague in MemberFactory.create_batch(count, institution=institution):
        GroupFactory(members=[knows(colleague, tag)])
    client = client_of(amina)
    client.get("/feed/")
    with django_assert_num_queries(11):
        response = client.get("/feed/")
    assertContains(response, "Groups close to you")
    assertContains(response, "They know what you know")
