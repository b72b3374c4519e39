import hashlib
import json

import pytest
from django.utils import timezone

from network.charter.digests import digest, digest_in
from tests.factories import CharterFactory, MemberFactory


class TestPages:
    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_everybody_reads_it_in_their_language(self, client, charter, language):
        page = client.get("/charter/", headers={"Accept-Language": language}).content.decode()
        for article in charter.articles.all():
            assert f'id="{article.code}"' in page
            assert article.text_in(language).text in page

    def test_what_is_not_translated_is_shown_in_french(self, client, db):
        version = CharterFactory(state="draft")
        version.texts.filter(language="en").delete()
        for article in version.articles.all():
            article.texts.filter(language="en").delete()
        version.published_at = version.in_force_at = timezone.now()
        version.digest, version.state = "0" * 64, "in_force"
        version.save()
        page = client.get("/charter/", headers={"Accept-Language": "en"}).content.decode()
        assert "Charter (fr)" in page
        assert 'lang="fr"' in page

    def test_programs_get_it_whole(self, client, charter):
        data = json.loads(client.get("/charter/charter.json").content)
        assert data["version"] == charter.number
        assert [article["code"] for article in data["articles"]] == ["respect", "discretion", "privacy"]
        assert set(data["articles"][0]["texts"]) == {"fr", "nl", "en"}

    def test_the_history_holds_what_was_published_and_no_draft(self, client, charter):
        draft = CharterFactory(state="draft")
        old = CharterFactory(state="superseded")
        page = client.get("/charter/history/").content.decode()
        assert f"/charter/history/{old.number}/" in page
        assert f"/charter/history/{draft.number}/" not in page
        assert client.get(f"/charter/history/{old.number}/").status_code == 200
        assert client.get(f"/charter/history/{draft.number}/").status_code == 404
        assert client.get("/charter/history/99999/").status_code == 404

    def test_administrators_see_a_draft_as_members_will(self, client_of, charter):
        draft = CharterFactory(state="draft")
        sofie = MemberFactory(roles=["administrator"])
        assert "This is a draft" in client_of(sofie).get(draft.get_absolute_url()).content.decode()
        assert client_of(MemberFactory()).get(draft.get_absolute_url()).status_code == 404

    def test_before_the_first_one_the_page_says_so(self, client, db):
        assert "No charter is in force yet" in client.get("/charter/").content.decode()
        assert client.get("/charter/charter.json").status_code == 404

    def test_the_number_of_articles_costs_no_query(self, client, charter, django_assert_num_queries):
        client.get("/charter/")
        with django_assert_num_queries(4):
            client.get("/charter/")


class TestDigests:
    def test_they_follow_from_every_word(self, db):
        version = CharterFactory(state="draft")
        whole, dutch, french = digest(version), digest_in(version, "nl"), digest_in(version, "fr")
        text = version.articles.get(code="privacy").texts.get(language="nl")
        text.may = ["Something."]
        text.save()
        version = type(version).objects.with_words().get(pk=version.pk)
        assert digest(version) != whole
        assert digest_in(version, "nl") != dutch
        assert digest_in(version, "fr") == french

    def test_they_are_sha256(self, charter):
        assert len(digest(charter)) == hashlib.sha256().digest_size * 2
