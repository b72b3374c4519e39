"""Members' files: what is kept of them, and to whom they are handed out."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from network.conversation.actions import edit_contribution, hide_contribution, save_draft
from network.conversation.attachments import safe_name
from network.conversation.models import Attachment, Contribution
from tests.factories import GroupFactory, MemberFactory, PostFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db
ORIENTATION, CAMERA = 0x0112, 0x010F


def picture(kind="PNG", size=(40, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def upload(client, content, name="cat.png", content_type="image/png", alt="A cat"):
    file = SimpleUploadedFile(name, content, content_type)
    return client.post("/files/", {"file": file, "alt": alt})


@pytest.fixture
def amina():
    return MemberFactory()


@pytest.fixture
def own(client_of, amina):
    return client_of(amina)


def attachment_of(answer):
    assert answer.status_code == 201, answer.content
    return Attachment.objects.get(pk=answer.json()["id"])


def stored(attachment):
    with attachment.file.open() as file:
        return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_re_encoded_and_described(own, kind):
    answer = upload(own, picture(kind))
    kept = attachment_of(answer)
    assert stored(kept).format == "WEBP"
    assert (kept.content_type, kept.name, kept.alt, kept.width, kept.height) == (
        "image/webp",
        "cat.webp",
        "A cat",
        40,
        20,
    )
    assert answer.json()["url"] == f"/files/{kept.pk}/cat.webp"


def test_what_the_camera_wrote_is_removed_and_the_picture_stands_upright(own):
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Spy 3000"
    kept = attachment_of(upload(own, picture("JPEG", exif=exif), "holiday.jpg", "image/jpeg"))
    assert not stored(kept).getexif()
    assert (kept.width, kept.height) == (20, 40)
    with kept.file.open() as file:
        assert b"Spy" not in file.read()


def test_a_large_picture_is_made_smaller(own):
    kept = attachment_of(upload(own, picture(size=(3200, 1000))))
    assert (kept.width, kept.height) == (1600, 500)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_read(own, settings):
    settings.IMAGE_MAX_PIXELS = 100
    answer = upload(own, picture())
    assert answer.status_code == 400
    assert "too many pixels" in answer.json()["error"]
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_refused(own, settings):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    answer = upload(own, b"%PDF-1.7" + bytes(1024 * 1024), "report.pdf", "application/pdf")
    assert answer.status_code == 400
    assert "1 MB at most" in answer.json()["error"]


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (b"<script>alert(1)</script>", "cat.png", "image/png"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "cat.svg", "image/svg+xml"),
        (b"MZ" + bytes(300), "report.pdf", "application/pdf"),
        (b"", "empty.png", "image/png"),
        (b"plain words", "notes.txt", "text/plain"),
    ],
)
def test_what_is_no_picture_and_no_document_is_refused(own, content, name, content_type):
    answer = upload(own, content, name, content_type)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Attachment.objects.exists()


def test_a_broken_picture_is_refused(own):
    answer = upload(own, picture()[:60])
    assert answer.status_code == 400
    assert "no picture that we can read" in answer.json()["error"]


def test_an_archive_is_no_document(own):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "words")
    assert upload(own, out.getvalue(), "report.docx", "application/zip").status_code == 400


def test_the_ending_follows_the_content(own):
    kept = attachment_of(upload(own, b"%PDF-1.7\n%words", "report.exe", "application/x-msdownload"))
    assert (kept.name, kept.content_type) == ("report.pdf", "application/pdf")


def test_nothing_is_sent_without_a_file(own):
    assert own.post("/files/").status_code == 400


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.webp"),
        ("<b>cat</b>.png", "b.webp"),
        ("été à Bruxelles.jpeg", "été-à-Bruxelles.webp"),
        ("...", "file.webp"),
        ("", "file.webp"),
        ("a" * 300 + ".png", "a" * 80 + ".webp"),
        ('x"\r\nSet-Cookie: a=b.png', "x-Set-Cookie-a-b.webp"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert safe_name(given, ".webp") == kept


def test_only_who_takes_part_adds_files(client, client_of):
    assert upload(client, picture()).status_code == 302
    assert upload(client_of(MemberFactory(pending=True)), picture()).status_code == 403
    assert not Attachment.objects.exists()


def test_a_file_is_its_owners_alone_until_its_text_is_read(own, client, client_of):
    kept = attachment_of(upload(own, picture()))
    address = kept.get_absolute_url()
    assert own.get(address).status_code == 200
    assert client.get(address).status_code == 404
    assert client_of(MemberFactory()).get(address).status_code == 404


def _in_text(kept):
    return f'<p>Look: <img src="{kept.get_absolute_url()}" alt="A cat"></p>'


def test_a_file_is_read_with_its_text(own, amina, client, client_of):
    kept = attachment_of(upload(own, picture()))
    draft = save_draft(
        Contribution(
            kind="topic",
            space=GroupFactory(members=[amina]),
            title="Cats",
            body=_in_text(kept),
            language="en",
        ),
        actor=amina,
    )
    assert client.get(kept.get_absolute_url()).status_code == 404
    draft.delete()
    shown = attachment_of(upload(own, picture()))
    TopicFactory(author=amina, body=_in_text(shown))
    for reader in (client, client_of(MemberFactory()), own):
        answer = reader.get(shown.get_absolute_url())
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("visibility", ["private", "hidden"])
def test_a_closed_groups_file_stays_in_it(own, amina, client, client_of, visibility):
    inside = MemberFactory()
    group = GroupFactory(visibility=visibility, members=[amina, inside])
    kept = attachment_of(upload(own, picture()))
    TopicFactory(space=group, author=amina, body=_in_text(kept))
    address = kept.get_absolute_url()
    assert client_of(inside).get(address).status_code == 200
    for outside in (client, client_of(MemberFactory()), client_of(MemberFactory(superuser=True))):
        assert outside.get(address).status_code == 404


def test_a_hidden_texts_file_is_hidden_with_it(own, amina, client, client_of):
    kept = attachment_of(upload(own, picture()))
    reply = ReplyFactory(author=amina, body=_in_text(kept))
    address = kept.get_absolute_url()
    assert client.get(address).status_code == 200
    hide_contribution(reply, actor=MemberFactory(roles=["moderator"]))
    assert client.get(address).status_code == 404
    assert client_of(MemberFactory()).get(address).status_code == 404
    assert own.get(address).status_code == 200


def test_answers_are_kept_by_the_readers_own_browser_alone(own, amina):
    kept = attachment_of(upload(own, picture()))
    TopicFactory(author=amina, body=_in_text(kept))
    cached = own.get(kept.get_absolute_url())["Cache-Control"]
    assert "private" in cached
    assert "public" not in cached


def test_citing_anothers_file_opens_it_to_nobody(own, amina, client, client_of):
    kept = attachment_of(upload(own, picture()))
    TopicFactory(body=_in_text(kept))
    kept.refresh_from_db()
    assert kept.contribution is None
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_citing_a_closed_groups_file_elsewhere_opens_it_to_nobody(own, amina, client):
    kept = attachment_of(upload(own, picture()))
    TopicFactory(space=GroupFactory(visibility="private", members=[amina]), author=amina, body=_in_text(kept))
    PostFactory(space__owner=amina, body=_in_text(kept))
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_file_added_by_a_correction_is_read_with_its_text(own, amina, client):
    reply = ReplyFactory(author=amina)
    kept = attachment_of(upload(own, picture()))
    edit_contribution(reply, actor=amina, body=_in_text(kept))
    assert client.get(kept.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["topic", "reply"])
def test_a_file_sent_with_a_text_is_linked_below_it_and_read_by_its_readers(
    charter, settings, client, client_of, kind
):
    settings.RELEASE_DELAY = 0
    topic = TopicFactory()
    author = client_of(topic.author)
    address = f"{topic.space.get_absolute_url()}topics/new/" if kind == "topic" else topic.get_absolute_url()
    words = {"title": "A report", "type": "discussion", "body": "See below.", "language": "en"}
    sent = SimpleUploadedFile("My report.pdf", b"%PDF-1.7 words", "application/pdf")
    assert author.post(address, words | {"file": sent}).status_code == 302
    said, file = Contribution.objects.latest("pk"), Attachment.objects.get()
    assert f'<a href="/files/{file.pk}/My-report.pdf"' in said.body
    assert (said.kind, file.contribution_id) == (kind, said.pk)
    assert client.get(file.get_absolute_url()).status_code == 200


def test_a_file_that_lies_about_its_type_is_refused_and_the_words_stay(charter, client_of):
    topic = TopicFactory()
    sent = SimpleUploadedFile("report.pdf", b"MZ not a report", "application/pdf")
    words = {"body": "See below, please.", "language": "en", "file": sent}
    text = client_of(topic.author).post(topic.get_absolute_url(), words).content.decode()
    assert "can be added, nothing else" in text
    assert "See below, please." in text
    assert not Attachment.objects.exists()
