"""Where a setting says so, an administrator looks at a group before it exists."""

import pytest

from groups.models import Group, GroupProposal
from network.core.models import AuditEntry
from network.notifications.models import Notification, OutboxMail
from network.pages.models.settings import NetworkSettings
from tests.factories import MemberFactory

from .test_founding import FILLED_IN

LIST = "/admin/proposed-groups/"


@pytest.fixture(autouse=True)
def approved_first():
    NetworkSettings.objects.create(group_approval=True)


@pytest.fixture
def sofie():
    return MemberFactory(name="Sofie Claes", roles=["administrator"])


@pytest.fixture
def proposal(client_for, sofie):
    client_for("stranger").post("/groups/new/", FILLED_IN)
    return GroupProposal.objects.get()


def test_a_proposed_group_does_not_exist_yet_and_administrators_are_told(client_for, sofie, page):
    client = client_for("stranger")
    assert "Propose the group" in page(client.get("/groups/new/"))
    text = page(client.post("/groups/new/", FILLED_IN, follow=True))
    assert "an administrator answers" in text
    assert "waits for an answer" in text
    assert not Group.objects.exists()
    assert "Open data in Brussels" in OutboxMail.objects.get(to=sofie.email).subject


def test_the_form_sent_twice_is_one_proposal(client_for, sofie):
    for _ in range(2):
        client_for("stranger").post("/groups/new/", FILLED_IN)
    assert GroupProposal.objects.count() == 1
    assert OutboxMail.objects.filter(to=sofie.email).count() == 1


def test_six_proposals_at_once_are_too_many_and_nothing_typed_is_lost(client_for, page):
    client = client_for("stranger")
    for number in range(6):
        response = client.post("/groups/new/", FILLED_IN | {"title": f"Title {number}"})
    assert GroupProposal.objects.count() == 5
    text = page(response)
    assert "please wait" in text
    assert "Publishing data that others can use." in text


def test_an_administrator_founds_a_group_at_once(client_of, sofie):
    client_of(sofie).post("/groups/new/", FILLED_IN)
    assert Group.objects.get().title == "Open data in Brussels"


def test_an_approved_group_belongs_to_who_proposed_it(client_of, proposal, sofie, stranger, page):
    client = client_of(sofie)
    assert "Open data in Brussels" in page(client.get(LIST))
    assert "Publishing data that others can use." in page(client.get(f"{LIST}{proposal.pk}/"))
    for _ in range(2):
        client.post(f"{LIST}{proposal.pk}/", {"answer": "approve"})
    group = Group.objects.get()
    assert {tag.name for tag in group.tags.all()} == {"open data", "licences"}
    assert group.memberships.get().member == stranger
    assert group.memberships.get().role == "owner"
    assert Notification.objects.filter(recipient=stranger, kind="group_approved").count() == 1
    assert AuditEntry.objects.filter(actor=sofie, verb="approve_proposal").count() == 1


def test_a_refusal_says_why(client_of, proposal, sofie, stranger, page):
    client = client_of(sofie)
    text = page(client.post(f"{LIST}{proposal.pk}/", {"answer": "refuse", "reason": " "}))
    assert "Say why" in text
    for _ in range(2):
        client.post(f"{LIST}{proposal.pk}/", {"answer": "refuse", "reason": "It exists already."})
    assert not Group.objects.exists()
    assert "It exists already." in OutboxMail.objects.get(to=stranger.email).text
    assert "waits for an answer" not in page(client_of(stranger).get("/groups/new/"))


def test_who_proposed_it_takes_it_back(client_for, proposal):
    for _ in range(2):
        client_for("stranger").post(f"/groups/proposals/{proposal.pk}/withdraw/")
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert client_for("member").post(f"/groups/proposals/{proposal.pk}/withdraw/").status_code == 404


def test_a_group_of_somebody_suspended_is_not_approved(client_of, proposal, sofie, stranger, page):
    type(stranger).objects.filter(pk=stranger.pk).update(
        status="suspended", suspended_until="2099-01-01T00:00Z"
    )
    text = page(client_of(sofie).post(f"{LIST}{proposal.pk}/", {"answer": "approve"}, follow=True))
    assert "take part at present" in text
    assert not Group.objects.exists()


@pytest.mark.parametrize("roles", [[], ["editor"], ["moderator"]])
def test_others_neither_see_nor_answer_proposals(client_of, proposal, roles):
    client = client_of(MemberFactory(roles=roles))
    assert client.get(f"{LIST}{proposal.pk}/").status_code != 200
    client.post(f"{LIST}{proposal.pk}/", {"answer": "approve"})
    assert not Group.objects.exists()
