import pytest

from groups.models import Group
from network.core.models import AuditEntry
from tests.factories import GroupFactory, MemberFactory, TopicFactory

LIST = "/admin/discussion-groups/"


@pytest.fixture
def sofie():
    return MemberFactory(name="Sofie Claes", roles=["administrator"])


def test_an_administrator_sees_the_cards_of_the_groups_and_no_hidden_one(
    client_of, sofie, make_group, owner, page
):
    for visibility in ("public", "private", "hidden"):
        group = make_group(title=f"A {visibility} one", visibility=visibility)
        TopicFactory(space=group, author=owner, title="Planted title", body="<p>Planted words</p>")
    client = client_of(sofie)
    text = page(client.get(LIST))
    assert "A public one" in text
    assert "A private one" in text
    assert "A hidden one" not in text
    private = Group.objects.get(visibility="private")
    text = page(client.get(f"{LIST}inspect/{private.pk}/"))
    assert "Planted" not in text
    hidden = Group.objects.get(visibility="hidden")
    assert client.get(f"{LIST}inspect/{hidden.pk}/").status_code == 404
    assert "A hidden one" not in page(client.get(LIST, {"q": "hidden one"}))


def test_an_administrator_declares_a_group_official_and_takes_it_back(client_of, sofie, page):
    group = GroupFactory()
    client = client_of(sofie)
    assert "Declare official" in page(client.get(f"{LIST}inspect/{group.pk}/"))
    for official in ("yes", "yes", "no"):
        client.post(f"{LIST}{group.pk}/official/", {"official": official})
        assert Group.objects.get().official == (official == "yes")
    verbs = AuditEntry.objects.filter(actor=sofie, target_id=group.pk).values_list("verb", flat=True)
    assert list(verbs) == ["declare_official"] * 2


def test_an_administrator_archives_from_there(client_of, sofie):
    group = GroupFactory()
    client_of(sofie).post(f"{LIST}{group.pk}/archive/", {"archived": "yes"})
    assert Group.objects.get().archived_at


@pytest.mark.parametrize("roles", [[], ["editor"], ["moderator"]])
def test_others_neither_see_nor_do_any_of_it(client_of, roles):
    group = GroupFactory(title="Open source")
    client = client_of(MemberFactory(roles=roles))
    assert client.get(LIST).status_code != 200
    assert client.post(f"{LIST}{group.pk}/official/", {"official": "yes"}).status_code in (302, 403, 404)
    assert not Group.objects.get().official


@pytest.mark.parametrize("path", ["new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "usage/{pk}/"])
def test_not_even_a_superuser_changes_a_group_there(client_of, path):
    group = GroupFactory()
    client = client_of(MemberFactory(superuser=True))
    assert client.get(LIST + path.format(pk=group.pk)).status_code in (302, 404)
    client.post(LIST + path.format(pk=group.pk), {"title": "Changed"})
    assert Group.objects.filter(title=group.title).exists()


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_costs_the_same_whatever_it_holds(client_of, sofie, django_assert_max_num_queries, rows):
    for _ in range(rows):
        GroupFactory()
    client = client_of(sofie)
    client.get("/health/")
    with django_assert_max_num_queries(20):
        assert client.get(LIST).status_code == 200
