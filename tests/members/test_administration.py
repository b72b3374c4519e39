"""What Sofie does in the administration, and who else gets in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.members.models import Institution, Member
from tests.factories import InstitutionFactory, MemberFactory


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", email="sofie@region.example", roles=["administrator"])


@pytest.fixture
def admin(client_of, sofie):
    return client_of(sofie)


class TestDoor:
    def test_visitors_log_in_on_the_site(self, client, charter):
        response = client.get("/admin/", follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/")

    def test_a_member_without_a_role_is_told_so(self, client_of, charter):
        response = client_of(MemberFactory()).get("/admin/", follow=True)
        assert response.status_code == 403
        assert "for editors, moderators and administrators" in response.content.decode()

    @pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
    def test_a_role_opens_it(self, client_of, charter, role):
        assert client_of(MemberFactory(roles=[role])).get("/admin/").status_code == 200

    @pytest.mark.parametrize(
        "address", ["/admin/users/", "/admin/waiting/", "/admin/institutions/", "/admin/institutions/new/"]
    )
    @pytest.mark.parametrize("role", ["editor", "moderator"])
    def test_accounts_are_the_administrators_business(self, client_of, charter, role, address):
        response = client_of(MemberFactory(roles=[role])).get(address)
        assert response.status_code in (302, 403)
        assert response.headers.get("Location", "/admin/") == "/admin/"

    @pytest.mark.parametrize("step", ["verify", "deactivate", "restore", "roles"])
    def test_a_moderator_reaches_no_step_by_its_address(self, client_of, charter, step):
        member = MemberFactory(pending=True)
        address = reverse(f"wagtailusers_users:{step}", args=[member.pk])
        client = client_of(MemberFactory(roles=["moderator"]))
        for response in (client.get(address), client.post(address, {"reason": "x", "roles": "moderator"})):
            assert response.status_code in (302, 403)
        member.refresh_from_db()
        assert (member.status, member.is_active) == ("pending", True)


class TestStockViews:
    """Wagtail's own ways to change users are gone, for superusers too."""

    @pytest.fixture
    def root(self, client_of, charter):
        return client_of(MemberFactory(superuser=True))

    @pytest.mark.parametrize("path", ["new/", "edit/{}/", "delete/{}/", "copy/{}/", "history/{}/"])
    def test_nobody_edits_or_deletes_a_member(self, root, path):
        member = MemberFactory()
        address = f"/admin/users/{path.format(member.pk)}"
        assert root.get(address).status_code == 404
        assert root.post(address).status_code == 404

    @pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
    def test_bulk_actions_are_gone(self, root, action):
        member = MemberFactory()
        response = root.post(f"/admin/bulk/members/member/{action}/?id={member.pk}")
        assert response.status_code == 404
        member.refresh_from_db()
        assert member.is_active

    def test_administrators_dont_make_roles(self, admin):
        assert admin.get("/admin/groups/").status_code in (302, 403)


class TestMembers:
    def test_the_list_shows_and_filters(self, admin):
        MemberFactory(name="Waiting One", pending=True)
        MemberFactory(name="Active One", roles=["moderator"])
        page = admin.get("/admin/users/").content.decode()
        assert "Waiting One" in page
        assert "Active One" in page
        page = admin.get("/admin/users/results/?status=pending").content.decode()
        assert "Waiting One" in page
        assert "Active One" not in page
        page = admin.get("/admin/users/results/?role=moderator").content.decode()
        assert "Active One" in page
        assert "Waiting One" not in page

    def test_the_list_costs_the_same_for_many(self, admin):
        MemberFactory.create_batch(2)
        admin.get("/admin/users/")
        with CaptureQueriesContext(connection) as few:
            admin.get("/admin/users/")
        MemberFactory.create_batch(15)
        with CaptureQueriesContext(connection) as many:
            admin.get("/admin/users/")
        assert len(few) == len(many) <= 20

    def test_the_waiting_are_listed_apart(self, admin):
        MemberFactory(name="Waiting One", pending=True)
        MemberFactory(name="Not Confirmed", pending=True, address=False)
        MemberFactory(name="Active One")
        page = admin.get("/admin/waiting/").content.decode()
        assert "Waiting One" in page
        assert "Not Confirmed" not in page
        assert "Active One" not in page

    def test_sofie_verifies_who_waits(self, admin):
        member, institution = MemberFactory(pending=True), InstitutionFactory()
        page = admin.get(reverse("wagtailusers_users:inspect", args=[member.pk])).content.decode()
        address = reverse("wagtailusers_users:verify", args=[member.pk])
        assert address in page
        assert admin.get(address).status_code == 200
        assert admin.post(address, {"institution": institution.pk}).status_code == 302
        member.refresh_from_db()
        assert (member.status, member.institution) == ("active", institution)

    def test_sofie_deactivates_and_restores(self, admin):
        member = MemberFactory()
        deactivate = reverse("wagtailusers_users:deactivate", args=[member.pk])
        restore = reverse("wagtailusers_users:restore", args=[member.pk])
        assert admin.post(deactivate, {"reason": ""}).status_code == 200
        admin.post(deactivate, {"reason": "Left the service."})
        member.refresh_from_db()
        assert member.status == "deactivated"
        admin.post(restore)
        member.refresh_from_db()
        assert member.status == "active"

    def test_sofie_gives_a_role_and_keeps_her_own(self, admin, sofie):
        member = MemberFactory()
        admin.post(reverse("wagtailusers_users:roles", args=[member.pk]), {"roles": ["moderator"]})
        assert member.roles == {"moderator"}
        response = admin.post(reverse("wagtailusers_users:roles", args=[sofie.pk]), {"roles": []})
        assert response.status_code == 200
        assert "from yourself" in response.content.decode()
        assert Member.objects.get(pk=sofie.pk).is_administrator

    def test_nobody_deactivates_themselves(self, admin, sofie):
        response = admin.post(reverse("wagtailusers_users:deactivate", args=[sofie.pk]), {"reason": "Tired."})
        assert response.status_code in (302, 403)
        sofie.refresh_from_db()
        assert sofie.is_active


class TestInstitutions:
    def filled_in(self, **changes):
        return {
            "name_fr": "Commune d’Essai",
            "name_nl": "Proefgemeente",
            "name_en": "",
            "acronym_fr": "",
            "acronym_nl": "",
            "acronym_en": "",
            "level": "local",
            "domains": "essai.example\n@Proef.example",
            "spokespeople": "",
            **changes,
        }

    def test_a_new_one_with_its_domains(self, admin):
        assert admin.get("/admin/institutions/new/").status_code == 200
        assert admin.post("/admin/institutions/new/", self.filled_in()).status_code == 302
        institution = Institution.objects.get(name_fr="Commune d’Essai")
        assert institution.slug == "commune-dessai"
        assert set(institution.domains.values_list("domain", flat=True)) == {"essai.example", "proef.example"}
        assert (
            "Commune d’Essai"
            in admin.get("/admin/institutions/", headers={"Accept-Language": "fr"}).content.decode()
        )

    def test_changing_one(self, admin):
        institution = InstitutionFactory(domains=["old.example"])
        member = MemberFactory(institution=institution)
        address = reverse("institutions:edit", args=[institution.pk])
        assert "old.example" in admin.get(address).content.decode()
        admin.post(address, self.filled_in(domains="new.example", spokespeople=member.email.upper()))
        institution.refresh_from_db()
        assert institution.name_nl == "Proefgemeente"
        assert [domain.domain for domain in institution.domains.all()] == ["new.example"]
        assert list(institution.spokespeople.all()) == [member]

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"domains": "not a domain"}, "what stands after the @"),
            ({"domains": "taken.example"}, "belongs to"),
            ({"spokespeople": "nobody@nowhere.example"}, "is no active member"),
            ({"name_nl": ""}, "Please fill this in"),
        ],
    )
    def test_a_mistake_is_explained_and_nothing_typed_is_lost(self, admin, changes, words):
        InstitutionFactory(domains=["taken.example"])
        response = admin.post("/admin/institutions/new/", self.filled_in(**changes))
        assert response.status_code == 200
        page = response.content.decode()
        assert words in page
        assert "Commune d’Essai" in page

    def test_only_its_own_members_speak_for_it(self, admin):
        institution = InstitutionFactory()
        stranger = MemberFactory()
        response = admin.post(
            reverse("institutions:edit", args=[institution.pk]), self.filled_in(spokespeople=stranger.handle)
        )
        assert "work for this institution" in response.content.decode()


class TestWagtailsOwnDoors:
    @pytest.mark.parametrize(
        "address", ["/admin/password_reset/", "/admin/account/change_password/", "/admin/users/new/"]
    )
    def test_there_is_no_second_way_to_passwords_and_accounts(self, admin, address):
        assert admin.get(address).status_code == 404

    def test_the_log_in_is_the_sites(self, client, charter):
        assert client.get("/admin/login/").url == "/accounts/login/?next=/admin/"
        assert client.post("/admin/login/", {"username": "a", "password": "b"}).url.startswith("/accounts/")

    def test_settings_of_the_administration_open(self, admin):
        page = admin.get("/admin/account/")
        assert page.status_code == 200
        assert 'name="password' not in page.content.decode()
