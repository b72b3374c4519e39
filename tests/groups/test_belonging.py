import pytest
from django.core import mail

from network.conversation.models import Membership, Space
from network.core.models import AuditEntry
from network.notifications.models import Notification, OutboxMail
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory


def _state(group, member):
    tie = Membership.objects.filter(space=group, member=member).first()
    return (tie.role, tie.state) if tie else None


def _told(member, kind):
    return Notification.objects.filter(recipient=member, kind=kind).count()


# Joining


@pytest.mark.parametrize("visibility", ["public", "network"])
def test_one_joins_an_open_group_at_once(client_for, make_group, stranger, page, visibility):
    group = make_group(visibility=visibility)
    text = page(client_for("stranger").post(f"/groups/{group.slug}/join/", follow=True))
    assert _state(group, stranger) == ("member", "active")
    assert Space.objects.get(pk=group.pk).member_count == 4
    assert "You are a member" in text


def test_joining_twice_is_joining_once(client_for, make_group, stranger):
    group = make_group()
    client = client_for("stranger")
    for _ in range(2):
        client.post(f"/groups/{group.slug}/join/")
    assert Space.objects.get(pk=group.pk).member_count == 4


def test_the_join_page_works_as_a_link(client_for, make_group, stranger, page):
    group = make_group()
    assert "Join" in page(client_for("stranger").get(f"/groups/{group.slug}/join/"))
    assert _state(group, stranger) is None


@pytest.mark.parametrize("fields", [{"join_policy": "request"}, {"visibility": "private"}])
def test_where_a_facilitator_answers_one_asks(
    client_for, make_group, stranger, owner, facilitator, member, page, fields
):
    group = make_group(**fields)
    client = client_for("stranger")
    assert "Ask to join" in page(client.get(f"/groups/{group.slug}/"))
    client.post(f"/groups/{group.slug}/join/", {"note": "I run the open data portal."})
    client.post(f"/groups/{group.slug}/join/", {"note": "Again."})
    assert _state(group, stranger) == ("member", "requested")
    assert [_told(who, "request_to_join") for who in (owner, facilitator, member)] == [1, 1, 0]
    assert "You have asked to join" in page(client.get(f"/groups/{group.slug}/"))
    assert "I run the open data portal." in page(
        client_for("facilitator").get(f"/groups/{group.slug}/members/")
    )
    assert Space.objects.get(pk=group.pk).member_count == 3


def test_nobody_comes_into_a_group_by_invitation_uninvited(client_for, make_group, stranger, page):
    group = make_group(join_policy="invitation")
    text = page(client_for("stranger").post(f"/groups/{group.slug}/join/", follow=True))
    assert _state(group, stranger) is None
    assert "by invitation only" in text


def test_a_hidden_group_is_joined_by_nobody_outside(client_for, make_group, stranger):
    group = make_group(visibility="hidden", join_policy="open")
    assert client_for("stranger").post(f"/groups/{group.slug}/join/").status_code == 404
    assert _state(group, stranger) is None


def test_who_waits_for_verification_is_told_why_not(client_for, make_group, pending, page):
    group = make_group()
    text = page(client_for("pending").post(f"/groups/{group.slug}/join/", follow=True))
    assert _state(group, pending) is None
    assert "verified yet" in text


def test_a_visitor_is_sent_to_log_in(visitor, make_group):
    group = make_group()
    response = visitor.post(f"/groups/{group.slug}/join/")
    assert response.url == f"/accounts/login/?next=/groups/{group.slug}/join/"


def test_nobody_joins_an_archived_group(client_for, make_group, stranger, page):
    group = make_group(archived_at="2026-01-01T00:00Z")
    page(client_for("stranger").post(f"/groups/{group.slug}/join/", follow=True))
    assert _state(group, stranger) is None


# Leaving


def test_a_member_leaves_and_can_join_again_from_the_message(client_for, make_group, member, page):
    group = make_group()
    client = client_for("member")
    assert "Leave" in page(client.get(f"/groups/{group.slug}/leave/"))
    text = page(client.post(f"/groups/{group.slug}/leave/", follow=True))
    assert _state(group, member) is None
    assert Space.objects.get(pk=group.pk).member_count == 2
    assert f'<a href="/groups/{group.slug}/join/">Join again</a>' in text


def test_leaving_twice_is_leaving_once(client_for, make_group):
    group = make_group()
    client = client_for("member")
    for _ in range(2):
        assert client.post(f"/groups/{group.slug}/leave/").status_code == 302
    assert Space.objects.get(pk=group.pk).member_count == 2


def test_what_was_said_stays_after_leaving(client_for, make_group, member, page):
    group = make_group()
    topic = TopicFactory(space=group, author=member, title="What I learnt")
    client_for("member").post(f"/groups/{group.slug}/leave/")
    assert "What I learnt" in page(client_for("visitor").get(topic.get_absolute_url()))


def test_the_only_owner_does_not_leave_without_a_successor(client_for, make_group, owner, facilitator, page):
    group = make_group()
    client = client_for("owner")
    assert "without an owner" in page(client.post(f"/groups/{group.slug}/leave/", follow=True))
    assert _state(group, owner) == ("owner", "active")
    client.post(f"/groups/{group.slug}/members/farid/", {"role": "owner"})
    assert _state(group, facilitator) == ("owner", "active")
    client.post(f"/groups/{group.slug}/leave/")
    assert _state(group, owner) is None


def test_a_deactivated_owner_is_no_successor(client_for, make_group, owner):
    group = make_group()
    gone = MemberFactory(deactivated=True)
    MembershipFactory(space=group, member=gone, role="owner")
    client_for("owner").post(f"/groups/{group.slug}/leave/")
    assert _state(group, owner) == ("owner", "active")


def test_who_is_suspended_may_leave_even_a_hidden_group(client_of, make_group):
    suspended = MemberFactory(suspended=True)
    group = make_group(visibility="hidden")
    MembershipFactory(space=group, member=suspended)
    assert client_of(suspended).get(f"/groups/{group.slug}/").status_code in (403, 404)
    client_of(suspended).post(f"/groups/{group.slug}/leave/")
    assert _state(group, suspended) is None


def test_who_has_a_charter_to_accept_may_leave_first(client_for, make_group, member):
    group = make_group()
    member.accepted_charter = None
    member.save()
    client = client_for("member")
    assert client.get(f"/groups/{group.slug}/").url.startswith("/charter/")
    client.post(f"/groups/{group.slug}/leave/")
    assert _state(group, member) is None


def test_after_leaving_a_hidden_group_it_is_gone(client_for, make_group, page):
    group = make_group(visibility="hidden")
    client = client_for("member")
    response = client.post(f"/groups/{group.slug}/leave/", follow=True)
    assert response.redirect_chain[-1][0] == "/groups/"
    page(response)
    assert client.get(f"/groups/{group.slug}/").status_code == 404


def test_a_hidden_group_is_left_by_nobody_outside(client_for, make_group):
    group = make_group(visibility="hidden")
    assert client_for("stranger").post(f"/groups/{group.slug}/leave/").status_code == 404


@pytest.mark.parametrize("state", ["requested", "invited"])
def test_a_request_is_withdrawn_and_an_invitation_declined(client_for, make_group, stranger, state):
    group = make_group(visibility="private")
    MembershipFactory(space=group, member=stranger, state=state)
    client_for("stranger").post(f"/groups/{group.slug}/leave/")
    assert _state(group, stranger) is None
    assert Space.objects.get(pk=group.pk).member_count == 3


# Requests and invitations


@pytest.mark.parametrize("who", ["facilitator", "owner"])
def test_a_facilitator_lets_in(client_for, make_group, stranger, who):
    group = make_group(visibility="private")
    client_for("stranger").post(f"/groups/{group.slug}/join/")
    client = client_for(who)
    for _ in range(2):
        client.post(f"/groups/{group.slug}/members/stijn/answer/", {"answer": "accept"})
    assert _state(group, stranger) == ("member", "active")
    assert Space.objects.get(pk=group.pk).member_count == 4
    assert _told(stranger, "request_accepted") == 1


def test_a_facilitator_refuses_and_the_one_who_asked_is_told(client_for, make_group, stranger):
    group = make_group(visibility="private")
    client_for("stranger").post(f"/groups/{group.slug}/join/")
    client_for("facilitator").post(f"/groups/{group.slug}/members/stijn/answer/", {"answer": "refuse"})
    assert _state(group, stranger) is None
    assert _told(stranger, "request_refused") == 1


@pytest.mark.parametrize("who", ["member", "stranger", "pending"])
def test_others_answer_no_request(client_for, make_group, who):
    group = make_group(visibility="private")
    asking = MemberFactory(handle="asking")
    MembershipFactory(space=group, member=asking, state="requested")
    response = client_for(who).post(f"/groups/{group.slug}/members/asking/answer/", {"answer": "accept"})
    assert response.status_code == 403
    assert _state(group, asking) == ("member", "requested")


@pytest.mark.parametrize("typed", ["stijn", "@stijn", "https://boucle.example/members/stijn/"])
def test_a_facilitator_invites_and_the_invited_accepts(client_for, make_group, stranger, page, typed):
    group = make_group(visibility="hidden", title="Secret circle")
    client_for("facilitator").post(f"/groups/{group.slug}/members/", {"whom": typed})
    assert _state(group, stranger) == ("member", "invited")
    assert _told(stranger, "invitation") == 1
    client = client_for("stranger")
    assert "Accept the invitation" in page(client.get(f"/groups/{group.slug}/"))
    client.post(f"/groups/{group.slug}/join/")
    assert _state(group, stranger) == ("member", "active")


def test_inviting_who_asked_lets_them_in(client_for, make_group, stranger):
    group = make_group(visibility="private")
    MembershipFactory(space=group, member=stranger, state="requested")
    client_for("facilitator").post(f"/groups/{group.slug}/members/", {"whom": "stijn"})
    assert _state(group, stranger) == ("member", "active")


def test_an_unknown_handle_is_told_politely(client_for, make_group, page):
    group = make_group()
    text = page(client_for("facilitator").post(f"/groups/{group.slug}/members/", {"whom": "nobody-here"}))
    assert "No member has this handle" in text
    assert "nobody-here" in text


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_invite_nobody(client_for, make_group, who):
    group = make_group()
    assert client_for(who).post(f"/groups/{group.slug}/members/", {"whom": "petra"}).status_code == 403


# Roles


def test_an_owner_makes_a_facilitator_and_it_is_on_record(client_for, make_group, owner, member):
    group = make_group()
    client_for("owner").post(f"/groups/{group.slug}/members/mia/", {"role": "facilitator"})
    assert _state(group, member) == ("facilitator", "active")
    entry = AuditEntry.objects.get(verb="set_role")
    assert (entry.actor, entry.target_id, entry.data["role"]) == (owner, member.pk, "facilitator")
    assert _told(member, "role_changed") == 1


@pytest.mark.parametrize("who", ["member", "facilitator", "stranger"])
def test_others_give_no_role(client_for, make_group, member, who):
    group = make_group()
    client_for(who).post(f"/groups/{group.slug}/members/mia/", {"role": "owner"})
    assert _state(group, member) == ("member", "active")


def test_the_only_owner_keeps_the_role(client_for, make_group, owner, page):
    group = make_group()
    text = page(client_for("owner").post(f"/groups/{group.slug}/members/olivia/", {"role": "member"}))
    assert "never without an owner" in text
    assert _state(group, owner) == ("owner", "active")


def test_an_administrator_gives_roles_where_the_group_can_be_seen(client_of, make_group, member):
    sofie = MemberFactory(roles=["administrator"])
    network, hidden = make_group(visibility="network"), make_group(visibility="hidden")
    client_of(sofie).post(f"/groups/{network.slug}/members/mia/", {"role": "owner"})
    assert _state(network, member) == ("owner", "active")
    assert client_of(sofie).post(f"/groups/{hidden.slug}/members/mia/", {"role": "owner"}).status_code == 404
    assert _state(hidden, member) == ("member", "active")


# Putting out


def test_a_facilitator_puts_a_member_out_who_reads_why(client_for, make_group, member):
    group = make_group(title="Open source")
    client_for("facilitator").post(f"/groups/{group.slug}/members/mia/remove/", {"reason": "Three adverts."})
    assert _state(group, member) is None
    message = OutboxMail.objects.get(to=member.email)
    assert "Open source" in message.subject
    assert "Three adverts." in message.text
    assert AuditEntry.objects.filter(verb="remove_member", target_id=member.pk).exists()
    assert not mail.outbox


def test_a_reason_is_needed(client_for, make_group, member, page):
    group = make_group()
    text = page(client_for("facilitator").post(f"/groups/{group.slug}/members/mia/remove/", {"reason": ""}))
    assert "Please check what you filled in" in text
    assert _state(group, member) == ("member", "active")


def test_who_is_put_out_for_good_neither_joins_nor_writes_nor_leaves(client_for, make_group, member, page):
    group = make_group()
    client_for("facilitator").post(
        f"/groups/{group.slug}/members/mia/remove/", {"reason": "Adverts.", "ban": "on"}
    )
    client = client_for("member")
    for verb in ("join", "leave"):
        assert "closed this group to you" in page(client.post(f"/groups/{group.slug}/{verb}/", follow=True))
    assert _state(group, member) == ("member", "banned")
    assert Space.objects.get(pk=group.pk).member_count == 2


def test_a_facilitator_lets_in_again_who_was_put_out_for_good(client_for, make_group, stranger, page):
    group = make_group()
    MembershipFactory(space=group, member=stranger, state="banned", note="Adverts.")
    client = client_for("facilitator")
    assert "Stijn Stranger" in page(client.get(f"/groups/{group.slug}/members/"))
    assert "Adverts." in page(client.get(f"/groups/{group.slug}/members/stijn/"))
    client.post(f"/groups/{group.slug}/members/stijn/")
    client_for("stranger").post(f"/groups/{group.slug}/join/")
    assert _state(group, stranger) == ("member", "active")


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("member", "farid"),
        ("stranger", "mia"),
        ("facilitator", "olivia"),
        ("facilitator", "farid"),
        ("owner", "olivia"),
    ],
)
def test_nobody_is_put_out_by_who_may_not(client_for, make_group, who, whom):
    group = make_group()
    response = client_for(who).post(f"/groups/{group.slug}/members/{whom}/remove/", {"reason": "No."})
    assert response.status_code == 403
    assert Space.objects.get(pk=group.pk).member_count == 3


def test_an_owner_puts_a_facilitator_out(client_for, make_group, facilitator):
    group = make_group()
    client_for("owner").post(f"/groups/{group.slug}/members/farid/remove/", {"reason": "Absent."})
    assert _state(group, facilitator) is None


# Who belongs


@pytest.mark.parametrize(
    ("visibility", "who", "status"),
    [
        ("public", "visitor", 302),
        ("public", "pending", 403),
        ("public", "stranger", 200),
        ("network", "pending", 403),
        ("network", "stranger", 200),
        ("private", "stranger", 403),
        ("private", "member", 200),
        ("hidden", "stranger", 404),
        ("hidden", "member", 200),
    ],
)
def test_verified_readers_see_who_belongs(client_for, make_group, visibility, who, status):
    group = make_group(visibility=visibility)
    response = client_for(who).get(f"/groups/{group.slug}/members/")
    assert response.status_code == status
    assert ("Olivia Owner" in response.content.decode()) == (status == 200)


@pytest.mark.parametrize("handle", ["mia", "nobody"])
def test_whether_somebody_belongs_is_not_told_by_the_answer(client_for, make_group, handle):
    group = make_group(visibility="private")
    assert client_for("stranger").get(f"/groups/{group.slug}/members/{handle}/").status_code == 403


# Notifications


def test_a_member_chooses_what_to_be_told(client_for, make_group, member, owner):
    group = make_group()
    client_for("member").post(f"/groups/{group.slug}/level/", {"level": "everything"})
    assert Membership.objects.get(space=group, member=member).level == "everything"
    topic = TopicFactory(space=group, author=owner)
    ReplyFactory(root=topic, author=owner)
    assert _told(member, "activity") == 1


def test_who_does_not_belong_chooses_nothing(client_for, stranger):
    group = GroupFactory()
    assert (
        client_for("stranger").post(f"/groups/{group.slug}/level/", {"level": "nothing"}).status_code == 403
    )
