import pytest

from groups.models import Group
from network.core.models import AuditEntry
from tests.factories import MemberFactory, TopicFactory

CHANGED = {
    "title": "Open source and more",
    "description": "Wider than before.",
    "visibility": "network",
    "join_policy": "request",
    "languages": ["en"],
    "tags": "licences",
    "rules": "Be kind.",
}


@pytest.mark.parametrize("who", ["facilitator", "owner"])
def test_who_keeps_order_changes_the_group(client_for, make_group, page, who):
    group = make_group(title="Open source")
    client = client_for(who)
    assert "Open source" in page(client.get(f"/groups/{group.slug}/settings/"))
    assert client.post(f"/groups/{group.slug}/settings/", CHANGED).url == f"/groups/{group.slug}/"
    fresh = Group.objects.get()
    assert (fresh.title, fresh.visibility, fresh.join_policy) == (
        "Open source and more",
        "network",
        "request",
    )
    assert fresh.slug == group.slug
    assert [tag.name for tag in fresh.tags.all()] == ["licences"]
    assert "Wider than before." in page(client.get(f"/groups/{group.slug}/"))


@pytest.mark.parametrize(
    ("visibility", "who", "status"),
    [
        ("public", "visitor", 302),
        ("public", "pending", 403),
        ("public", "stranger", 403),
        ("public", "member", 403),
        ("hidden", "stranger", 404),
    ],
)
def test_others_change_nothing(client_for, make_group, visibility, who, status):
    group = make_group(visibility=visibility, title="Open source")
    client = client_for(who)
    assert client.get(f"/groups/{group.slug}/settings/").status_code == status
    assert client.post(f"/groups/{group.slug}/settings/", CHANGED).status_code == status
    assert Group.objects.get().title == "Open source"


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("public", "network", True),
        ("network", "private", True),
        ("private", "hidden", True),
        ("hidden", "private", True),
        ("network", "public", False),
        ("private", "public", False),
        ("private", "network", False),
        ("hidden", "network", False),
    ],
)
def test_words_said_to_few_are_never_opened_to_more(
    client_for, make_group, owner, page, before, after, allowed
):
    group = make_group(visibility=before)
    TopicFactory(space=group, author=owner)
    response = client_for("owner").post(
        f"/groups/{group.slug}/settings/", CHANGED | {"visibility": after}, follow=True
    )
    assert Group.objects.get().visibility == (after if allowed else before)
    text = page(response)
    if not allowed:
        assert "meant for fewer people" in text
        assert "Wider than before." in text


def test_an_empty_group_may_still_be_opened(client_for, make_group):
    group = make_group(visibility="private")
    client_for("owner").post(f"/groups/{group.slug}/settings/", CHANGED | {"visibility": "public"})
    assert Group.objects.get().visibility == "public"


def test_narrowing_takes_effect_at_once(client_for, make_group, owner, visitor):
    group = make_group(visibility="public")
    topic = TopicFactory(space=group, author=owner)
    assert visitor.get(topic.get_absolute_url()).status_code == 200
    client_for("owner").post(f"/groups/{group.slug}/settings/", CHANGED | {"visibility": "hidden"})
    assert visitor.get(topic.get_absolute_url()).status_code == 404
    assert visitor.get(f"/groups/{group.slug}/").status_code == 404


def test_an_owner_archives_and_opens_again(client_for, make_group, page):
    group = make_group()
    client = client_for("owner")
    client.post(f"/groups/{group.slug}/settings/archive/", {"archived": "yes"})
    assert Group.objects.get().archived_at
    assert "This group is archived" in page(client.get(f"/groups/{group.slug}/"))
    assert client.get(f"/groups/{group.slug}/topics/new/").status_code == 302
    client.post(f"/groups/{group.slug}/settings/archive/", {"archived": "no"})
    assert Group.objects.get().archived_at is None
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("who", ["facilitator", "member", "stranger"])
def test_others_archive_nothing(client_for, make_group, who):
    group = make_group()
    response = client_for(who).post(f"/groups/{group.slug}/settings/archive/", {"archived": "yes"})
    assert response.status_code == 403
    assert Group.objects.get().archived_at is None


def test_what_an_administrator_archives_is_on_record(client_of, make_group):
    sofie = MemberFactory(roles=["administrator"])
    group = make_group()
    client_of(sofie).post(f"/groups/{group.slug}/settings/archive/", {"archived": "yes"})
    entry = AuditEntry.objects.get(verb="archive_group")
    assert (entry.actor, entry.target_id) == (sofie, group.pk)


def test_who_keeps_order_decides_whether_first_contributions_are_looked_at(client_for, make_group):
    group = make_group()
    client = client_for("owner")
    for sent, holds in ((CHANGED | {"review_newcomers": "on"}, True), (CHANGED, False)):
        client.post(f"/groups/{group.slug}/settings/", sent)
        assert Group.objects.get().review_newcomers == holds
