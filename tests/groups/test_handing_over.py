"""A group is never without an owner: it is handed over, left to a successor, or taken over."""

import pytest

from groups.models import Group
from network.conversation.models import Membership
from network.core.models import AuditEntry
from network.notifications.models import Notification
from tests.factories import GroupFactory, MemberFactory, MembershipFactory


def _role(group, member):
    tie = Membership.objects.filter(space=group, member=member).first()
    return tie and tie.role


def test_an_owner_hands_over_and_goes_on_as_facilitator(client_for, make_group, owner, member, page):
    group = make_group()
    client = client_for("owner")
    assert "Hand over" in page(client.get(f"/groups/{group.slug}/members/mia/"))
    for _ in range(2):
        client.post(f"/groups/{group.slug}/members/mia/hand-over/")
    assert (_role(group, owner), _role(group, member)) == ("facilitator", "owner")
    assert Notification.objects.filter(recipient=member, kind="role_changed").count() == 1
    assert AuditEntry.objects.filter(actor=owner, verb="hand_over_group").count() == 1


@pytest.mark.parametrize("who", ["visitor", "pending", "stranger", "member", "facilitator"])
def test_others_hand_over_nothing(client_for, make_group, owner, member, who):
    group = make_group()
    client_for(who).post(f"/groups/{group.slug}/members/mia/hand-over/")
    assert (_role(group, owner), _role(group, member)) == ("owner", "member")


def test_nobody_hands_over_to_who_asked_or_takes_no_part(client_for, make_group, owner):
    group = make_group()
    asking = MembershipFactory(space=group, state="requested").member
    suspended = MembershipFactory(space=group, member=MemberFactory(suspended=True)).member
    for member in (asking, suspended):
        address = f"/groups/{group.slug}/members/{member.handle}/hand-over/"
        assert client_for("owner").post(address).status_code == 403
    assert _role(group, owner) == "owner"


def test_the_only_owner_leaves_by_naming_a_successor(client_for, make_group, owner, facilitator, page):
    group = make_group()
    client = client_for("owner")
    address = f"/groups/{group.slug}/leave/"
    text = page(client.get(address))
    assert text.index("Farid Facilitator") < text.index("Mia Member")
    tie = Membership.objects.get(space=group, member=facilitator)
    client.post(address, {"successor": tie.pk})
    assert (_role(group, owner), _role(group, facilitator)) == (None, "owner")


def test_a_successor_from_another_group_is_none(client_for, make_group, owner, page):
    group = make_group()
    elsewhere = MembershipFactory(space=GroupFactory(owner=owner))
    page(client_for("owner").post(f"/groups/{group.slug}/leave/", {"successor": elsewhere.pk}))
    assert _role(group, owner) == "owner"
    assert elsewhere.space.memberships.get(member=elsewhere.member).role == "member"


def test_who_is_alone_is_told_to_archive(client_for, stranger, page):
    group = GroupFactory(owner=stranger)
    assert "Archive the group instead" in page(client_for("stranger").get(f"/groups/{group.slug}/leave/"))
    client_for("stranger").post(f"/groups/{group.slug}/leave/")
    assert _role(group, stranger) == "owner"


@pytest.fixture
def orphan(make_group, owner):
    """A hidden group whose owner is gone."""
    group = make_group(title="Left alone", visibility="hidden")
    type(owner).objects.filter(pk=owner.pk).update(status="deactivated", is_active=False)
    return group


def test_a_facilitator_takes_over_a_group_without_owner(client_for, orphan, facilitator, page):
    client = client_for("facilitator")
    assert "has no owner any more" in page(client.get(f"/groups/{orphan.slug}/members/"))
    for _ in range(2):
        client.post(f"/groups/{orphan.slug}/claim/")
    assert _role(orphan, facilitator) == "owner"


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("stranger", 404), ("pending", 404)])
def test_others_take_over_nothing(client_for, orphan, who, status):
    assert client_for(who).post(f"/groups/{orphan.slug}/claim/").status_code == status


def test_a_group_with_an_owner_is_not_taken_over(client_for, make_group, facilitator):
    group = make_group()
    assert client_for("facilitator").post(f"/groups/{group.slug}/claim/").status_code == 403
    assert _role(group, facilitator) == "facilitator"


# In the administration


LIST = "/admin/discussion-groups/"


@pytest.fixture
def sofie():
    return MemberFactory(roles=["administrator"])


def test_groups_without_an_owner_are_a_list_of_the_administrators(client_of, sofie, make_group, owner, page):
    lost = make_group(title="Lost one")
    GroupFactory(title="Kept one", owner=MemberFactory())
    GroupFactory(title="Excluded one", owner=MemberFactory(excluded_at="2026-01-01T00:00Z"))
    type(owner).objects.filter(pk=owner.pk).update(status="deactivated", is_active=False)
    client = client_of(sofie)
    text = page(client.get(LIST, {"orphaned": "true"}))
    assert "Lost one" in text
    assert "Excluded one" in text
    assert "Kept one" not in text
    assert "Kept one" in page(client.get(LIST))
    assert "has no owner any more" in page(client.get(f"{LIST}inspect/{lost.pk}/"))


def test_an_administrator_names_an_owner_among_the_members(client_of, sofie, make_group, member, page):
    group = make_group()
    client = client_of(sofie)
    text = page(client.post(f"{LIST}{group.pk}/owner/", {"handle": "stijn"}, follow=True))
    assert "has this handle" in text
    client.post(f"{LIST}{group.pk}/owner/", {"handle": "@mia"})
    assert _role(group, member) == "owner"


@pytest.mark.parametrize("roles", [[], ["editor"], ["moderator"]])
def test_others_name_no_owner(client_of, make_group, member, roles):
    group = make_group()
    client_of(MemberFactory(roles=roles)).post(f"{LIST}{group.pk}/owner/", {"handle": "mia"})
    assert _role(group, member) == "member"


def test_an_official_group_names_its_institution(client_of, sofie, visitor, page):
    group = GroupFactory()
    institution = sofie.institution
    client_of(sofie).post(f"{LIST}{group.pk}/official/", {"official": "yes", "institution": institution.pk})
    assert institution.display_name in page(visitor.get(f"/groups/{group.slug}/"))
    client_of(sofie).post(f"{LIST}{group.pk}/official/", {"official": "no"})
    fresh = Group.objects.get()
    assert (fresh.official, fresh.institution) == (False, None)


# The list of members


def test_members_are_found_by_name_and_by_role(client_for, make_group, page):
    group = make_group()
    client = client_for("member")

    def found(**query):
        return {
            tie.member.name for tie in client.get(f"/groups/{group.slug}/members/", query).context["piece"]
        }

    assert found(q="farïd") == {"Farid Facilitator"}
    assert found(role="owner") == {"Olivia Owner"}
    assert found(q="farid", role="owner") == set()
    assert found(role="king") == {"Olivia Owner", "Farid Facilitator", "Mia Member"}
    assert "Nobody found" in page(client.get(f"/groups/{group.slug}/members/", {"q": "zzz"}))
