"""What administrators do with accounts, and what follows."""

import pytest
from django.core.exceptions import PermissionDenied

from network.core.models import AuditEntry
from network.core.refusals import Refused
from network.members import actions
from network.notifications.models import OutboxMail
from tests.factories import InstitutionFactory, MemberFactory
from tests.factories.members import PASSWORD


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", roles=["administrator"])


def logged_in(client, member):
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert client.get("/me/privacy/").status_code == 200
    return client


class TestVerifying:
    def test_an_administrator_vouches_and_the_member_is_told_in_their_language(self, sofie):
        institution = InstitutionFactory()
        member = MemberFactory(pending=True, language="nl")
        assert actions.verify_member(member, actor=sofie, institution=institution)
        member.refresh_from_db()
        assert (member.status, member.verified_by, member.institution) == (
            "active",
            "administrator",
            institution,
        )
        assert member.verified_until is None
        assert OutboxMail.objects.get().language == "nl"
        assert AuditEntry.objects.get(verb="verify_member").actor == sofie

    def test_twice_is_once(self, sofie):
        member = MemberFactory(pending=True)
        actions.verify_member(member, actor=sofie)
        assert not actions.verify_member(member, actor=sofie)
        assert OutboxMail.objects.count() == 1

    @pytest.mark.parametrize("roles", [[], ["moderator"], ["editor"]])
    def test_nobody_else_vouches(self, charter, roles):
        member = MemberFactory(pending=True)
        with pytest.raises(PermissionDenied):
            actions.verify_member(member, actor=MemberFactory(roles=roles))
        member.refresh_from_db()
        assert member.status == "pending"


class TestDeactivating:
    def test_the_member_is_logged_out_at_once_and_cannot_return(self, client, sofie):
        member = MemberFactory()
        logged_in(client, member)
        assert actions.deactivate_member(member, actor=sofie, reason="Left the service.")
        assert client.get("/me/privacy/").status_code == 302
        client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
        assert client.get("/me/privacy/").status_code == 302
        mail = OutboxMail.objects.get(to=member.email)
        assert "Left the service." in mail.text

    def test_a_session_of_before_stays_ended_after_restoring(self, client, sofie):
        member = MemberFactory()
        logged_in(client, member)
        actions.deactivate_member(member, actor=sofie, reason="A mistake.")
        actions.restore_member(member, actor=sofie)
        member.refresh_from_db()
        assert (member.status, member.is_active) == ("active", True)
        assert client.get("/me/privacy/").status_code == 302
        logged_in(client, member)

    def test_a_reason_is_needed(self, sofie):
        with pytest.raises(Refused):
            actions.deactivate_member(MemberFactory(), actor=sofie, reason="  ")

    def test_nobody_deactivates_themselves(self, sofie):
        MemberFactory(roles=["administrator"])
        with pytest.raises(PermissionDenied):
            actions.deactivate_member(sofie, actor=sofie, reason="Tired.")

    def test_who_waited_waits_again_when_restored(self, sofie):
        member = MemberFactory(pending=True)
        actions.deactivate_member(member, actor=sofie, reason="Unknown.")
        actions.restore_member(member, actor=sofie)
        member.refresh_from_db()
        assert member.status == "pending"

    def test_who_was_suspended_is_suspended_still_when_restored(self, sofie):
        member = MemberFactory(suspended=True)
        actions.deactivate_member(member, actor=sofie, reason="Left.")
        actions.restore_member(member, actor=sofie)
        member.refresh_from_db()
        assert member.status == "suspended"

    def test_a_moderator_deactivates_nobody(self, charter):
        member = MemberFactory()
        with pytest.raises(PermissionDenied):
            actions.deactivate_member(member, actor=MemberFactory(roles=["moderator"]), reason="No.")


class TestRoles:
    def test_roles_are_given_and_taken_and_recorded(self, sofie):
        member = MemberFactory()
        actions.set_roles(member, actor=sofie, roles=["moderator", "editor"])
        actions.set_roles(member, actor=sofie, roles=["moderator"])
        assert member.roles == {"moderator"}
        assert AuditEntry.objects.filter(verb="set_roles").count() == 2

    def test_an_administrator_stays_one_by_their_own_hand(self, sofie):
        with pytest.raises(PermissionDenied):
            actions.set_roles(sofie, actor=sofie, roles=[])

    def test_who_waits_has_no_role(self, sofie):
        with pytest.raises(PermissionDenied):
            actions.set_roles(MemberFactory(pending=True), actor=sofie, roles=["moderator"])

    def test_a_role_opens_nothing_to_who_is_not_verified(self, charter):
        member = MemberFactory(roles=["administrator"], pending=True)
        assert not member.has_perm("wagtailadmin.access_admin")
        assert not member.is_administrator


class TestSuspension:
    def test_a_suspended_member_is_told_why_and_keeps_their_rights(self, client_of, charter):
        member = MemberFactory(suspended=True)
        client = client_of(member)
        refused = client.get("/feed/")
        assert refused.status_code == 403
        assert "suspended" in refused.content.decode()
        for address in ("/me/privacy/", "/charter/"):
            assert client.get(address).status_code == 200
        assert client.post("/accounts/logout/").status_code == 302


def test_the_log_in_page_speaks_as_the_rest_of_the_site(client, db):
    page = client.get("/accounts/login/").content.decode()
    assert "Log in with a passkey" in page
    assert "Stay logged in on this device" in page
    assert "Sign In" not in page
