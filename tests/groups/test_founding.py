import pytest
from django.utils.datastructures import MultiValueDict

from groups.models import Group
from network.conversation.actions import tag_space
from network.conversation.models import Membership
from tests.factories import GroupFactory

FILLED_IN = {
    "title": "Open data in Brussels",
    "description": "Publishing data that others can use.",
    "visibility": "network",
    "join_policy": "open",
    "languages": ["fr", "nl"],
    "tags": "open data, licences",
    "rules": "Be concrete.",
}


def test_a_verified_member_founds_a_group_and_owns_it(client_for, stranger, page):
    client = client_for("stranger")
    response = client.post("/groups/new/", FILLED_IN, follow=True)
    text = page(response)
    group = Group.objects.get()
    assert response.redirect_chain[-1][0] == "/groups/open-data-in-brussels/"
    assert (group.kind, group.visibility, group.languages) == ("group", "network", ["fr", "nl"])
    assert {tag.name for tag in group.tags.all()} == {"open data", "licences"}
    assert group.rules == "<p>Be concrete.</p>"
    tie = Membership.objects.get(space=group)
    assert (tie.member, tie.role, tie.state, group.member_count) == (stranger, "owner", "active", 1)
    assert "Open data in Brussels" in text


@pytest.mark.parametrize(("who", "status"), [("visitor", 302), ("pending", 403)])
def test_others_found_no_group(who, status, client_for):
    client = client_for(who)
    assert client.get("/groups/new/").status_code == status
    client.post("/groups/new/", FILLED_IN)
    assert not Group.objects.exists()


def test_the_form_explains_each_visibility(client_for, page):
    text = page(client_for("stranger").get("/groups/new/"))
    for words in ("A citizen may find your topic", "a journalist sees", "Your director", "finds nothing"):
        assert words in text


def test_a_mistake_loses_nothing_that_was_typed(client_for, page):
    text = page(client_for("stranger").post("/groups/new/", FILLED_IN | {"title": ""}))
    assert "Please check what you filled in" in text
    assert "Publishing data that others can use." in text
    assert "open data, licences" in text
    assert not Group.objects.exists()


def test_the_form_sent_twice_founds_one_group(client_for):
    client = client_for("stranger")
    first, second = (client.post("/groups/new/", FILLED_IN) for _ in range(2))
    assert first.url == second.url
    assert Group.objects.count() == 1


def test_a_second_group_of_that_title_for_other_readers_is_another(client_for):
    client = client_for("stranger")
    client.post("/groups/new/", FILLED_IN | {"visibility": "public"})
    client.post("/groups/new/", FILLED_IN | {"visibility": "hidden"})
    assert set(Group.objects.values_list("visibility", flat=True)) == {"public", "hidden"}


@pytest.mark.parametrize(
    ("title", "address"),
    [("New", "/groups/new-2/"), ("Énergie & climat !", "/groups/energie-climat/"), ("???", "/groups/group/")],
)
def test_the_address_comes_from_the_title_and_shadows_no_page(client_for, title, address):
    assert client_for("stranger").post("/groups/new/", FILLED_IN | {"title": title}).url == address


def test_two_groups_of_one_title_have_two_addresses(client_for):
    other = GroupFactory(title="Open data in Brussels", slug="open-data-in-brussels")
    response = client_for("stranger").post("/groups/new/", FILLED_IN | {"seen": str(other.pk)})
    assert response.url == "/groups/open-data-in-brussels-2/"


@pytest.mark.parametrize(("visibility", "policy"), [("private", "request"), ("hidden", "invitation")])
def test_a_closed_group_is_never_open_to_join(client_for, visibility, policy):
    client_for("stranger").post("/groups/new/", FILLED_IN | {"visibility": visibility})
    assert Group.objects.get().join_policy == policy


def test_nobody_founds_an_official_group(client_for):
    client_for("stranger").post("/groups/new/", FILLED_IN | {"official": "on"})
    assert not Group.objects.get().official


def test_the_rules_hold_no_script(client_for):
    rules = '<p>Fine</p><script>alert(1)</script><img src="https://elsewhere.example/x.png">'
    client_for("stranger").post("/groups/new/", FILLED_IN | {"rules": rules, "rules_format": "html"})
    assert Group.objects.get().rules == "<p>Fine</p>"


def test_languages_are_those_of_the_site(client_for, page):
    sent = MultiValueDict({name: [value] for name, value in FILLED_IN.items()} | {"languages": ["fr", "xx"]})
    page(client_for("stranger").post("/groups/new/", dict(sent.lists())))
    assert not Group.objects.exists()


# Similar groups


def test_groups_that_resemble_it_are_shown_first_and_nothing_typed_is_lost(client_for, page):
    GroupFactory(title="Open data of Brussels")
    client = client_for("stranger")
    response = client.post("/groups/new/", FILLED_IN)
    text = page(response)
    assert "These groups resemble yours" in text
    assert "Open data of Brussels" in text
    assert "Publishing data that others can use." in text
    assert not Group.objects.filter(title="Open data in Brussels").exists()
    again = FILLED_IN | {"seen": response.context["form"]["seen"].value()}
    assert client.post("/groups/new/", again).url == "/groups/open-data-in-brussels/"


def test_another_title_shows_what_resembles_that_one(client_for):
    first = GroupFactory(title="Open data of Brussels")
    GroupFactory(title="Mobility in town")
    typed = FILLED_IN | {"title": "Mobility in the town", "seen": str(first.pk)}
    response = client_for("stranger").post("/groups/new/", typed)
    assert [card.title for card in response.context["similar"]] == ["Mobility in town"]


def test_groups_with_two_of_its_tags_resemble_it_too(client_for):
    group = GroupFactory(title="Something else")
    tag_space(group, ["Open Data", "Licences", "Law"], language="en")
    response = client_for("stranger").post("/groups/new/", FILLED_IN)
    assert [card.title for card in response.context["similar"]] == ["Something else"]


def test_a_hidden_or_archived_group_resembles_nothing(client_for):
    GroupFactory(title="Open data in Brussels", visibility="hidden")
    GroupFactory(title="Open data in Brussels", archived_at="2026-01-01T00:00Z")
    assert client_for("stranger").post("/groups/new/", FILLED_IN).status_code == 302
