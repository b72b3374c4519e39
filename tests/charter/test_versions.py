"""From a draft to a charter in force, as Sofie does it in the administration."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from network.charter import actions
from network.charter.digests import digest
from network.charter.models import CharterVersion
from network.core.models import AuditEntry
from network.core.refusals import Refused
from tests.factories import CharterFactory, MemberFactory


@pytest.fixture
def sofie(charter):
    return MemberFactory(name="Sofie", roles=["administrator"])


@pytest.fixture
def admin(client_of, sofie):
    return client_of(sofie)


def step(name, version):
    return reverse(f"charter_versions:{name}", args=[version.pk])


def typed(page):
    """What the form sends as it is shown."""
    values = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag:
            values[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s*(.*?)</textarea>', page, re.S):
        values[name] = text
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return {name: value for name, value in values.items() if name.startswith(("opening", "articles"))}


class TestTheRoad:
    def test_from_draft_to_in_force(self, admin, charter):
        admin.post("/admin/charter/new/")
        draft = CharterVersion.objects.get(state="draft")
        assert draft.number > charter.number
        values = typed(admin.get(step("write", draft)).content.decode())
        assert values["articles-0-code"] == "respect"
        values |= {
            "articles-0-text_en": "A better text.",
            "articles-0-may_en": "Say so.\r\nAsk why.",
            "articles-3-code": "cycling",
            "articles-3-ORDER": "1",
            "articles-3-title_fr": "Le vélo",
            "articles-3-text_fr": "On roule.",
            "articles-3-title_nl": "De fiets",
            "articles-3-text_nl": "Men fietst.",
            "articles-3-title_en": "Cycling",
            "articles-3-text_en": "One cycles.",
            "articles-2-DELETE": "on",
        }
        assert admin.post(step("write", draft), values).status_code == 302
        assert {article.code for article in draft.articles.all()} == {"respect", "cycling", "discretion"}
        respect = draft.articles.get(code="respect").text_in("en")
        assert (respect.text, respect.may) == ("A better text.", ["Say so.", "Ask why."])
        admin.post(step("publish", draft))
        admin.post(step("enforce", draft), {"days": "0"})
        draft.refresh_from_db()
        charter.refresh_from_db()
        assert (draft.state, charter.state) == ("in_force", "superseded")
        assert draft.digest == digest(CharterVersion.objects.with_words().get(pk=draft.pk))
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"draft_version", "edit_version", "publish_version", "put_in_force"} <= verbs

    def test_an_untouched_form_saves_the_same_words(self, admin, sofie):
        draft = actions.draft_version(actor=sofie)
        before = digest(CharterVersion.objects.with_words().get(pk=draft.pk))
        values = typed(admin.get(step("write", draft)).content.decode())
        assert admin.post(step("write", draft), values).status_code == 302
        assert digest(CharterVersion.objects.with_words().get(pk=draft.pk)) == before

    def test_half_a_translation_is_explained_and_nothing_typed_is_lost(self, admin, sofie):
        draft = actions.draft_version(actor=sofie)
        values = typed(admin.get(step("write", draft)).content.decode())
        values |= {"articles-0-title_nl": "", "opening-title_fr": "Typed before the mistake"}
        response = admin.post(step("write", draft), values)
        assert response.status_code == 200
        assert "Typed before the mistake" in response.content.decode()
        assert "This is needed too" in response.content.decode()

    def test_one_draft_at_a_time(self, sofie):
        assert actions.draft_version(actor=sofie) == actions.draft_version(actor=sofie)

    def test_the_pages_of_the_administration_open(self, admin, charter):
        for address in ("/admin/charter/", "/admin/charter/new/", step("inspect", charter)):
            assert admin.get(address).status_code == 200


class TestRules:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_french_and_dutch_are_required(self, sofie, language):
        draft = actions.draft_version(actor=sofie)
        draft.articles.first().texts.filter(language=language).delete()
        with pytest.raises(Refused):
            actions.publish_version(draft, actor=sofie)

    def test_english_is_whole_or_absent(self, sofie):
        draft = actions.draft_version(actor=sofie)
        draft.articles.first().texts.filter(language="en").delete()
        with pytest.raises(Refused):
            actions.publish_version(draft, actor=sofie)
        draft.texts.filter(language="en").delete()
        assert actions.publish_version(draft, actor=sofie).state == "published"

    def test_what_is_published_never_changes(self, sofie):
        draft = actions.draft_version(actor=sofie)
        actions.publish_version(draft, actor=sofie)
        with pytest.raises(PermissionDenied):
            actions.edit_version(draft, actor=sofie, words={"texts": {}, "articles": []})
        with pytest.raises(IntegrityError), transaction.atomic():
            draft.texts.update(title="Another one")

    def test_only_what_is_published_comes_into_force(self, sofie):
        with pytest.raises(PermissionDenied):
            actions.put_in_force(actions.draft_version(actor=sofie), actor=sofie)

    def test_putting_in_force_twice_changes_nothing(self, sofie, charter):
        assert actions.put_in_force(charter, actor=sofie).pk == charter.pk
        assert not AuditEntry.objects.filter(verb="put_in_force").exists()

    @pytest.mark.parametrize("roles", [[], ["moderator"], ["editor"]])
    def test_nobody_else_prepares_it(self, charter, client_of, roles):
        member = MemberFactory(roles=roles)
        draft = CharterFactory(state="draft")
        with pytest.raises(PermissionDenied):
            actions.draft_version(actor=member)
        client = client_of(member)
        for name in ("write", "publish", "enforce"):
            assert client.post(step(name, draft)).status_code in (302, 403)
        draft.refresh_from_db()
        assert draft.state == "draft"

    def test_an_acceptance_is_of_the_text_shown_and_of_the_version_in_force(self, charter, sofie):
        member = MemberFactory(accepted_charter=None)
        with pytest.raises(Refused):
            actions.accept_charter(member, charter, language="fr", digest="0" * 64)
        other = CharterFactory(state="published", published_at=timezone.now())
        with pytest.raises(Refused):
            actions.accept_charter(member, other, language="fr", digest="0" * 64)
        assert not member.acceptances.exists()
