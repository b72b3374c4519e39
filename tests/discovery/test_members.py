"""Who takes part: a directory for those who are in it, and profiles that say no more than the reader may know."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from network.members.models import Expertise, FormerHandle
from tests.factories import (
    BlogFactory,
    GroupFactory,
    InstitutionFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    TagFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina Diallo", handle="amina")


def whole(**fields):
    """A member with everything that a profile shows."""
    defaults = {
        "name": "Pieter Janssens",
        "handle": "pieter",
        "job_title": "Legal adviser",
        "unit": "Unit of appeals",
        "bio": "I read rules so that you need not.",
        "languages": ["nl", "fr"],
        "links": ["https://example.org/pieter"],
    }
    member = MemberFactory(**defaults | fields)
    Expertise.objects.create(content_object=member, tag=TagFactory(name="appeals"))
    return member


def test_the_directory_lists_verified_members_by_name(amina, client_of):
    for name, handle in (("Zoé", "zoe"), ("Élise", "elise"), ("Emma", "emma")):
        MemberFactory(name=name, handle=handle)
    MemberFactory(name="Not yet", pending=True)
    MemberFactory(name="No more", deactivated=True)
    response = client_of(amina).get("/members/")
    assert [member.name for member in response.context["piece"]] == ["Amina Diallo", "Élise", "Emma", "Zoé"]


def test_the_directory_is_closed_to_visitors_and_pending_members(charter, client, client_of):
    MemberFactory(name="Zoé")
    assertRedirects(client.get("/members/"), "/accounts/login/?next=/members/", fetch_redirect_response=False)
    response = client_of(MemberFactory(pending=True)).get("/members/")
    assert response.status_code == 403
    assertNotContains(response, "Zoé", status_code=403)


@pytest.mark.parametrize(
    ("narrow", "names"),
    [
        ({"q": "zoe"}, ["Zoé Peeters"]),
        ({"q": "peeters zo"}, ["Zoé Peeters"]),
        ({"institution": "stib"}, ["Luc Petit"]),
        ({"expertise": "marches"}, ["Luc Petit"]),
        ({"language": "nl"}, ["Zoé Peeters"]),
        ({"q": "zoe", "language": "fr"}, []),
    ],
)
def test_the_directory_is_narrowed(amina, client_of, narrow, names):
    MemberFactory(name="Zoé Peeters", languages=["nl"])
    luc = MemberFactory(name="Luc Petit", institution=InstitutionFactory(slug="stib"))
    Expertise.objects.create(content_object=luc, tag=TagFactory(name="marchés publics"))
    response = client_of(amina).get("/members/", narrow)
    assert [member.name for member in response.context["piece"]] == names


def test_a_choice_that_does_not_exist_is_explained(amina, client_of):
    response = client_of(amina).get("/members/", {"institution": "atlantis", "q": "Amina"})
    assertContains(response, "Please check what you filled in")
    assertContains(response, 'value="Amina"')


def test_the_directory_goes_on_by_key(amina, client_of):
    for number in range(25):
        MemberFactory(name=f"Member {number:02}", handle=f"member{number:02}")
    client = client_of(amina)
    first = client.get("/members/").context["piece"]
    second = client.get("/members/", {"after": first.further}).context["piece"]
    names = [member.name for member in [*first, *second]]
    assert names == sorted(names)
    assert len(names) == 26


def test_verified_members_see_the_whole_profile(amina, client_of):
    member = whole()
    blog = BlogFactory(owner=member, title="Rules explained")
    PostFactory(space=blog, title="On deadlines")
    response = client_of(amina).get("/members/pieter/")
    for words in (
        "Pieter Janssens", "Legal adviser", "Unit of appeals", "I read rules", "appeals",
        "Nederlands", "https://example.org/pieter", "Rules explained", "On deadlines",
    ):  # fmt: skip
        assertContains(response, words)


def test_visitors_see_of_who_speaks_in_public_what_stands_beside_the_words(charter, client):
    member = whole()
    assert client.get("/members/pieter/").status_code == 404
    TopicFactory(author=member, title="Said in public")
    TopicFactory(author=member, title="Said among us", space=GroupFactory(visibility="network"))
    response = client.get("/members/pieter/", headers={"Accept-Language": "en"})
    for words in ("Pieter Janssens", "Legal adviser", member.institution.display_name, "Said in public"):
        assertContains(response, words)
    for words in ("Unit of appeals", "I read rules", "example.org", "Said among us", "csrfmiddlewaretoken"):
        assertNotContains(response, words)


def test_visitors_do_not_learn_of_those_who_speak_among_members_only(charter, client):
    member = whole()
    TopicFactory(author=member, space=GroupFactory(visibility="network"))
    TopicFactory(author=member, space=GroupFactory(visibility="hidden"))
    assert client.get("/members/pieter/").status_code == 404


def test_a_profile_is_silent_about_closed_groups(amina, client_of):
    member = whole()
    hidden = GroupFactory(visibility="hidden", title="Crisis cell", members=[member])
    private = GroupFactory(visibility="private", title="Mediators", members=[member])
    public = GroupFactory(title="Open door", members=[member])
    TopicFactory(space=hidden, author=member, title="Plan B")
    response = client_of(amina).get("/members/pieter/")
    assertContains(response, public.title)
    for words in (hidden.title, private.title, "Plan B"):
        assertNotContains(response, words)
    MembershipFactory(member=amina, space=hidden)
    assertContains(client_of(amina).get("/members/pieter/"), "Plan B")


def test_a_former_handle_leads_to_the_one_of_today(amina, client_of):
    FormerHandle.objects.create(handle="piet", member=whole())
    assertRedirects(client_of(amina).get("/members/piet/"), "/members/pieter/", status_code=301)


def test_a_former_handle_betrays_nobody(charter, client):
    FormerHandle.objects.create(handle="piet", member=whole())
    assert client.get("/members/piet/").status_code == 404


def test_an_erased_member_is_a_former_member(amina, client_of, client):
    member = whole()
    TopicFactory(author=member, title="Still here")
    type(member).objects.filter(pk=member.pk).update(status="erased", is_active=False)
    response = client_of(amina).get("/members/pieter/")
    assertContains(response, "Former member")
    assertContains(response, "Still here")
    for words in ("Pieter Janssens", "I read rules", "Legal adviser"):
        assertNotContains(response, words)
    assert client.get("/members/pieter/").status_code == 404


def test_a_pending_member_is_seen_by_nobody_else(amina, client_of):
    pending = MemberFactory(pending=True, handle="waiting", name="Waiting")
    assert client_of(amina).get("/members/waiting/").status_code == 404
    assertContains(client_of(pending).get("/members/waiting/"), "Waiting for verification")


def test_following_and_unfollowing_a_person(amina, client_of):
    whole()
    client = client_of(amina)
    assertRedirects(client.post("/members/pieter/follow/"), "/members/pieter/")
    assertContains(client.get("/members/pieter/"), "Unfollow")
    client.post("/members/pieter/follow/")
    assertNotContains(client.get("/members/pieter/"), "Unfollow")


def test_nobody_follows_themselves(amina, client_of):
    assert client_of(amina).post(f"/members/{amina.handle}/follow/").status_code == 403


@pytest.mark.parametrize("count", [2, 20])
def test_a_profile_costs_the_same_whatever_it_holds(amina, client_of, django_assert_num_queries, count):
    member = whole()
    for number in range(count):
        TopicFactory(author=member, tags=[f"tag {number}"])
    client = client_of(amina)
    client.get("/members/pieter/")
    with django_assert_num_queries(11):
        response = client.get("/members/pieter/")
    assert len(response.context["piece"]) == count


@pytest.mark.parametrize("count", [2, 19])
def test_the_directory_costs_the_same_whatever_it_holds(amina, client_of, django_assert_num_queries, count):
    tag = TagFactory()
    for member in MemberFactory.create_batch(count):
        Expertise.objects.create(content_object=member, tag=tag)
    client = client_of(amina)
    client.get("/members/")
    with django_assert_num_queries(10):
        response = client.get("/members/")
    assert len(response.context["piece"]) == count + 1
