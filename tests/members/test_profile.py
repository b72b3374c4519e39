import io

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from network.members import actions
from network.members.forms import ProfileForm
from network.members.models import FormerHandle
from tests.factories import BlogFactory, InstitutionFactory, MemberFactory, PostFactory

PROFILE = "/me/profile/"


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }


def picture(size=(900, 600), format="JPEG", exif=False, name="me.jpg"):
    image = Image.new("RGB", size, "teal")
    output = io.BytesIO()
    extra = {}
    if exif:
        data = Image.Exif()
        data[0x010E] = "taken at home"
        extra["exif"] = data.tobytes()
    image.save(output, format, **extra)
    return SimpleUploadedFile(name, output.getvalue())


def filled_in(member, **changes):
    return {
        "name": member.name,
        "handle": member.handle,
        "job_title": "Planner",
        "unit": "Mobility",
        "bio": "I draw cycle lanes.",
        "expertise": "cycling, open data",
        "languages": ["fr", "nl"],
        "links": "example.org\nhttps://example.net/me",
        "language": "en",
        **changes,
    }


class TestProfile:
    def test_everything_that_was_filled_in_is_kept(self, client_of, charter):
        member = MemberFactory()
        response = client_of(member).post(PROFILE, filled_in(member))
        assert response.status_code == 302
        member.refresh_from_db()
        assert member.job_title == "Planner"
        assert member.links == ["https://example.org", "https://example.net/me"]
        assert member.languages == ["fr", "nl"]
        assert {tag.name for tag in member.expertise.all()} == {"cycling", "open data"}

    def test_what_was_kept_is_shown_again(self, client_of, charter):
        member = MemberFactory()
        client = client_of(member)
        client.post(PROFILE, filled_in(member))
        page = client.get(PROFILE).content.decode()
        for words in ("Planner", "cycling", "https://example.net/me", "I draw cycle lanes."):
            assert words in page

    def test_a_mistake_is_explained_and_nothing_typed_is_lost(self, client_of, charter):
        member = MemberFactory()
        response = client_of(member).post(PROFILE, filled_in(member, links="not an address", name="New Name"))
        assert response.status_code == 200
        page = response.content.decode()
        assert "is no address of a page" in page
        assert "New Name" in page
        member.refresh_from_db()
        assert member.name != "New Name"

    def test_a_handle_that_is_taken_at_the_same_moment_loses_nothing(self, client_of, charter, monkeypatch):
        member = MemberFactory()

        def taken_after_all(form):
            MemberFactory(handle="wanted")
            return form.cleaned_data

        monkeypatch.setattr(ProfileForm, "clean", taken_after_all)
        refused = client_of(member).post(PROFILE, filled_in(member, handle="wanted", bio="Typed words."))
        assert refused.status_code == 200
        assert "This handle is taken" in refused.content.decode()
        assert "Typed words." in refused.content.decode()
        member.refresh_from_db()
        assert member.bio == ""

    def test_the_institution_of_a_verified_member_is_no_choice(self, client_of, charter):
        member, other = MemberFactory(), InstitutionFactory()
        before = member.institution
        client_of(member).post(PROFILE, filled_in(member, institution=other.pk))
        member.refresh_from_db()
        assert member.institution == before

    def test_who_waits_says_where_they_work(self, client_of, charter):
        member, institution = MemberFactory(pending=True), InstitutionFactory()
        client_of(member).post(PROFILE, filled_in(member, institution=institution.pk))
        member.refresh_from_db()
        assert (member.institution, member.status) == (institution, "pending")

    def test_who_waits_is_told_so_on_every_page(self, client_of, charter):
        page = client_of(MemberFactory(pending=True)).get("/charter/").content.decode()
        assert "waits for verification" in page

    def test_visitors_log_in_first(self, client, charter):
        assert client.get(PROFILE).url.startswith("/accounts/login/")

    def test_the_language_chosen_is_the_sites(self, client_of, charter):
        member = MemberFactory(language="fr")
        client = client_of(member)
        client.post(PROFILE, filled_in(member, language="nl"))
        assert 'lang="nl"' in client.get(PROFILE).content.decode()


class TestHandle:
    def test_the_old_one_is_kept_for_its_links(self, client_of, charter):
        member = MemberFactory(handle="old")
        client_of(member).post(PROFILE, filled_in(member, handle="new"))
        member.refresh_from_db()
        assert member.handle == "new"
        assert FormerHandle.objects.get(handle="old").member == member

    def test_nobody_takes_anothers_of_today_or_before(self, client_of, charter):
        other = MemberFactory(handle="today")
        actions.change_handle(other, actor=other, handle="now")
        member = MemberFactory(handle="mine")
        for taken in ("today", "now"):
            response = client_of(member).post(PROFILE, filled_in(member, handle=taken))
            assert "This handle is taken" in response.content.decode()
        member.refresh_from_db()
        assert member.handle == "mine"

    def test_one_may_return_to_ones_own(self, charter):
        member = MemberFactory(handle="first")
        actions.change_handle(member, actor=member, handle="second")
        actions.change_handle(member, actor=member, handle="first")
        member.refresh_from_db()
        assert member.handle == "first"
        assert list(FormerHandle.objects.values_list("handle", flat=True)) == ["second"]

    @pytest.mark.parametrize(
        ("name", "handle"),
        [
            ("Zoë Van den Broeck", "zoe-van-den-broeck"),
            ("Ærø", "r"),
            ("山田", "member"),
            ("x" * 90, "x" * 40),
        ],
    )
    def test_it_is_made_of_any_name(self, db, name, handle):
        assert actions.free_handle(name)[:40] == handle or actions.free_handle(name)


class TestPhoto:
    def test_it_becomes_a_small_square_without_what_the_camera_wrote(self, client_of, charter):
        member = MemberFactory()
        client_of(member).post(PROFILE, filled_in(member, new_photo=picture(exif=True)))
        member.refresh_from_db()
        with Image.open(member.photo.open()) as portrait:
            assert (portrait.format, portrait.size) == ("WEBP", (512, 512))
            assert not portrait.getexif()

    def test_what_is_no_picture_is_refused(self, client_of, charter):
        member = MemberFactory()
        fake = SimpleUploadedFile("me.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
        response = client_of(member).post(PROFILE, filled_in(member, new_photo=fake))
        assert "no picture that we can read" in response.content.decode()

    def test_too_many_pixels_are_refused_before_they_are_read(self, client_of, charter, settings):
        settings.IMAGE_MAX_PIXELS = 1000
        member = MemberFactory()
        response = client_of(member).post(PROFILE, filled_in(member, new_photo=picture()))
        assert "too many pixels" in response.content.decode()

    def test_it_can_be_removed(self, client_of, charter, django_capture_on_commit_callbacks):
        member = MemberFactory()
        client = client_of(member)
        client.post(PROFILE, filled_in(member, new_photo=picture()))
        member.refresh_from_db()
        name = member.photo.name
        with django_capture_on_commit_callbacks(execute=True):
            client.post(PROFILE, filled_in(member, remove_photo="on"))
        member.refresh_from_db()
        assert not member.photo
        assert not storages["private"].exists(name)

    def test_members_see_it_and_visitors_only_beside_public_words(self, client, client_of, charter):
        member = MemberFactory()
        client_of(member).post(PROFILE, filled_in(member, new_photo=picture()))
        member.refresh_from_db()
        address = member.photo_url
        seen = client_of(MemberFactory()).get(address)
        assert seen.status_code == 200
        assert seen["Content-Type"] == "image/webp"
        assert client.get(address).status_code == 404
        assert client_of(MemberFactory(pending=True)).get(address).status_code == 404
        PostFactory(author=member, space=BlogFactory(owner=member))
        assert client.get(address).status_code == 200

    def test_a_browser_that_has_it_gets_nothing_again(self, client_of, charter):
        member = MemberFactory()
        client = client_of(member)
        client.post(PROFILE, filled_in(member, new_photo=picture()))
        member.refresh_from_db()
        tag = client.get(member.photo_url)["ETag"]
        again = client.get(member.photo_url, headers={"If-None-Match": tag})
        assert again.status_code == 304
