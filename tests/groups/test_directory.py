import pytest

from network.conversation.models import TaggedSpace
from tests.factories import GroupFactory, MembershipFactory, TagFactory

EVERYBODY = ["visitor", "pending", "stranger", "member", "facilitator", "owner"]
INSIDE = ["member", "facilitator", "owner"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_sees_the_cards_of_groups_that_are_listed(who, client_for, make_group, page):
    for visibility in ("public", "network", "private"):
        make_group(title=f"A {visibility} one", visibility=visibility)
    text = page(client_for(who).get("/groups/"))
    for visibility in ("public", "network", "private"):
        assert f"A {visibility} one" in text


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_hidden_group_is_listed_for_its_members_alone(who, client_for, make_group, page):
    make_group(title="Secret circle", visibility="hidden")
    assert ("Secret circle" in page(client_for(who).get("/groups/"))) == (who in INSIDE)


def test_who_is_invited_sees_the_card_of_a_hidden_group(client_for, make_group, stranger, page):
    group = make_group(title="Secret circle", visibility="hidden")
    MembershipFactory(space=group, member=stranger, state="invited")
    text = page(client_for("stranger").get("/groups/"))
    assert "Secret circle" in text
    assert "Accept the invitation" in text


def test_words_of_the_title_narrow_the_list_whatever_the_accents(visitor, page):
    GroupFactory(title="Marchés publics")
    GroupFactory(title="Plain words")
    text = page(visitor.get("/groups/", {"q": "marches"}))
    assert "Marchés publics" in text
    assert "Plain words" not in text


def test_words_find_no_hidden_group(client_for, make_group, page):
    make_group(title="Secret circle", visibility="hidden")
    text = page(client_for("stranger").get("/groups/", {"q": "secret"}))
    assert "Secret circle" not in text
    assert "No group found" in text


def test_a_language_narrows_the_list(visitor, page):
    GroupFactory(title="Vlot geschreven", languages=["nl"])
    GroupFactory(title="Bien écrit", languages=["fr"])
    text = page(visitor.get("/groups/", {"language": "nl"}))
    assert "Vlot geschreven" in text
    assert "Bien écrit" not in text


def test_a_tag_narrows_the_list_and_so_does_one_that_was_merged_into_it(visitor, page):
    tag = TagFactory(name="procurement")
    TagFactory(name="tenders", merged_into=tag)
    TaggedSpace.objects.create(content_object=GroupFactory(title="Buying well"), tag=tag)
    GroupFactory(title="Something else")
    for slug in ("procurement", "tenders"):
        text = page(visitor.get("/groups/", {"tag": slug}))
        assert "Buying well" in text
        assert "Something else" not in text


def test_one_may_ask_for_groups_that_one_can_join_at_once(client_for, make_group, page):
    make_group(title="Open to all")
    make_group(title="Ask first", join_policy="request")
    make_group(title="Behind doors", visibility="private", join_policy="open")
    text = page(client_for("stranger").get("/groups/", {"open": "on"}))
    assert "Open to all" in text
    assert "Ask first" not in text
    assert "Behind doors" not in text
    assert not client_for("member").get("/groups/", {"open": "on"}).context["cards"]


def test_filters_that_make_no_sense_say_so_and_show_the_whole_list(visitor, page):
    GroupFactory(title="Plain words")
    text = page(visitor.get("/groups/", {"language": "xx"}))
    assert "Plain words" in text
    assert "xx is not one of the available choices" in text


def test_the_list_pages_by_key_and_keeps_what_it_is_narrowed_to(visitor, page):
    for number in range(25):
        GroupFactory(title=f"Energy {number:02}")
    first = visitor.get("/groups/", {"q": "energy"})
    assert page(first).count('class="card card--group"') == 20
    further = first.context["piece"].further
    second = visitor.get("/groups/", {"q": "energy", "after": further})
    assert page(second).count('class="card card--group"') == 5
    assert "q=energy" in first.content.decode()


def test_a_private_group_tells_strangers_neither_how_much_nor_when_is_spoken(client_for, make_group, page):
    make_group(title="Behind doors", visibility="private", root_count=7)
    assert "7 topics" in page(client_for("member").get("/groups/"))
    outside = page(client_for("stranger").get("/groups/"))
    assert "7 topics" not in outside
    assert "<time" not in outside


@pytest.mark.parametrize(("who", "offered"), [("visitor", False), ("pending", False), ("stranger", True)])
def test_verified_members_are_offered_to_found_a_group(who, offered, client_for, page):
    assert ("/groups/new/" in page(client_for(who).get("/groups/"))) == offered
