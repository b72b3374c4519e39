from datetime import timedelta

import pytest
from django.utils import timezone

from network.conversation.actions import hide_contribution
from network.conversation.models import Contribution, TaggedSpace
from tests.factories import (
    GroupFactory,
    InstitutionFactory,
    MemberFactory,
    MembershipFactory,
    ReplyFactory,
    TagFactory,
    TopicFactory,
)

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
    for slug in ("procurement", "tenders", "Procurément", "Tenders"):
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
    assert "Please choose among those on offer: xx" in text


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


def _titles(response):
    return [card.title for card in response.context["cards"]]


def test_the_liveliest_groups_come_first_unless_one_asks_for_the_largest_or_the_newest(visitor):
    now = timezone.now()
    GroupFactory(title="Large", member_count=90, last_activity_at=now - timedelta(days=2))
    GroupFactory(title="Lively", member_count=5, last_activity_at=now)
    GroupFactory(title="New", member_count=1, last_activity_at=now - timedelta(days=1))
    for sort, titles in (
        ("", ["Lively", "New", "Large"]),
        ("size", ["Large", "Lively", "New"]),
        ("newest", ["New", "Lively", "Large"]),
    ):
        assert _titles(visitor.get("/groups/", {"sort": sort})) == titles


@pytest.mark.parametrize("sort", ["", "size", "newest"])
def test_each_order_pages_without_gap_or_double(visitor, sort):
    for number in range(45):
        GroupFactory(title=f"Energy {number}", member_count=number % 3)
    seen, after = [], ""
    for _ in range(3):
        response = visitor.get("/groups/", {"sort": sort, "after": after})
        seen += _titles(response)
        after = response.context["piece"].further
    assert len(seen) == len(set(seen)) == 45


def test_a_card_says_how_much_came_in_this_week(visitor, page):
    group = GroupFactory(title="Lively")
    ReplyFactory(root=TopicFactory(space=group))
    hide_contribution(TopicFactory(space=group), actor=None)
    old = TopicFactory(space=group)
    Contribution.objects.filter(pk=old.pk).update(released_at=timezone.now() - timedelta(days=8))
    assert "2 contributions this week" in page(visitor.get("/groups/"))


def test_a_private_group_tells_strangers_nothing_of_this_week(client_for, make_group, page):
    TopicFactory(space=make_group(visibility="private"))
    assert "1 contribution this week" in page(client_for("member").get("/groups/"))
    assert "this week" not in page(client_for("stranger").get("/groups/"))


@pytest.fixture
def house():
    """An institution."""
    return InstitutionFactory(slug="house")


def test_a_card_says_who_of_ones_institution_is_in_the_group(client_of, house, page):
    reader = MemberFactory(institution=house)
    names = ["Ann", "Bart", "Chloé", "Dirk"]
    GroupFactory(members=[MemberFactory(name=name, institution=house) for name in names])
    text = page(client_of(reader).get("/groups/"))
    assert "4 people of your institution: Ann, Bart, Chloé …" in text
    assert "of your institution" not in page(client_of(MemberFactory()).get("/groups/"))


def test_who_asked_was_banned_or_is_gone_is_no_colleague_in_the_group(client_of, house, page):
    group = GroupFactory()
    for state in ("requested", "invited", "banned"):
        MembershipFactory(space=group, state=state, member=MemberFactory(institution=house))
    MembershipFactory(space=group, member=MemberFactory(institution=house, suspended=True))
    assert "of your institution" not in page(client_of(MemberFactory(institution=house)).get("/groups/"))


def test_colleagues_in_a_private_group_show_to_its_members_alone(client_of, make_group, house, page):
    group = make_group(visibility="private")
    MembershipFactory(space=group, member=MemberFactory(name="Ann Secret", institution=house))
    inside = MembershipFactory(space=group, member=MemberFactory(institution=house)).member
    assert "Ann Secret" in page(client_of(inside).get("/groups/"))
    outside = client_of(MemberFactory(institution=house))
    assert "Ann Secret" not in page(outside.get("/groups/"))
    assert "Ann Secret" not in page(outside.get("/groups/", {"institution": "house"}))


def test_an_institution_narrows_the_list_to_groups_with_its_people(client_of, make_group, house, stranger):
    GroupFactory(title="Together", members=[MemberFactory(institution=house)])
    GroupFactory(title="Alone")
    closed = make_group(title="Behind doors", visibility="private")
    MembershipFactory(space=closed, member=MemberFactory(institution=house))
    found = client_of(stranger).get("/groups/", {"institution": "house"})
    assert _titles(found) == ["Together"]


@pytest.mark.parametrize("who", ["visitor", "pending"])
def test_only_verified_members_narrow_by_institution(client_for, house, page, who):
    GroupFactory(title="Alone")
    response = client_for(who).get("/groups/", {"institution": "house"})
    assert "With people of" not in page(response)
    assert _titles(response) == ["Alone"]
