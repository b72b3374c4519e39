"""The people around a group: one who isn't in it, one who is, one who keeps order, one who owns it."""

import pytest
from django.test import Client

from network.conversation.actions import enter_space
from tests.factories import GroupFactory, MemberFactory


@pytest.fixture(autouse=True)
def everybody_accepted_the_charter(charter):
    return charter


@pytest.fixture
def owner():
    return MemberFactory(name="Olivia Owner", handle="olivia")


@pytest.fixture
def facilitator():
    return MemberFactory(name="Farid Facilitator", handle="farid")


@pytest.fixture
def member():
    return MemberFactory(name="Mia Member", handle="mia")


@pytest.fixture
def stranger():
    return MemberFactory(name="Stijn Stranger", handle="stijn")


@pytest.fixture
def pending():
    return MemberFactory(pending=True, name="Petra Pending", handle="petra")


@pytest.fixture
def make_group(owner, facilitator, member):
    """A group with an owner, a facilitator and a member: make_group(visibility="private", …)."""

    def make(**fields):
        group = GroupFactory(owner=owner, members=[member], **fields)
        enter_space(group, facilitator, role="facilitator")
        return group

    return make


@pytest.fixture
def visitor():
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def client_for(request, visitor, client_of):
    """A client for somebody named as a fixture: client_for("member"), client_for("visitor")."""

    def make(name):
        return visitor if name == "visitor" else client_of(request.getfixturevalue(name))

    return make


@pytest.fixture
def page():
    """The text of an answer, and proof that it was shown."""

    def text(response, status=200):
        assert response.status_code == status, response.content.decode()[:500]
        return response.content.decode()

    return text
