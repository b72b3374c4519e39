"""Taking along what is one's own: everything that the network holds, for its member alone, for a week."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from network.conversation.actions import bookmark, edit_contribution
from network.conversation.models import Attachment
from network.members import tasks
from network.members.actions import make_archive, request_archive
from network.members.models import Archive
from network.notifications.models import OutboxMail
from tests.factories import MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def made(member, kind="everything"):
    """An archive that the worker has written."""
    archive = request_archive(kind, actor=member)
    make_archive(archive.pk)
    archive.refresh_from_db()
    return archive


def opened(archive):
    return zipfile.ZipFile(io.BytesIO(archive.file.open().read()))


def test_everything_held_of_a_member_is_in_it(charter, client_of):
    amina = MemberFactory(name="Amina", bio="Ramps and doors")
    topic = TopicFactory(author=amina, title="Ramps", body="<p>First wording</p>", tags=["access"])
    edit_contribution(topic, actor=amina, body="<p>Second wording</p>", reason="A slip")
    ReplyFactory(root=topic, author=amina, draft=True, body="<p>Half a reply</p>")
    bookmark(TopicFactory(), actor=amina)
    attachment = Attachment(
        owner=amina, contribution=topic, name="a.pdf", content_type="application/pdf", size=4
    )
    attachment.file.save("a.pdf", ContentFile(b"%PDF"))
    archive = opened(made(amina))
    words = " ".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    for expected in (
        "Ramps and doors",
        "First wording",
        "Second wording",
        "Half a reply",
        amina.email,
        "access",
    ):
        assert expected in words
    assert archive.read(f"files/conversation/{attachment.pk}-a.pdf") == b"%PDF"
    for name in archive.namelist():
        if name.endswith(".json"):
            json.loads(archive.read(name))
    assert amina.password not in words


def test_what_others_said_and_who_reported_is_not_in_it(charter):
    amina = MemberFactory()
    topic = TopicFactory(author=amina)
    ReplyFactory(root=topic, body="<p>zanzibar by another</p>")
    words = "".join(opened(made(amina)).read(name).decode() for name in opened(made(amina)).namelist())
    assert "zanzibar" not in words


def test_it_is_made_by_the_worker_and_the_member_is_told(
    charter, client_of, django_capture_on_commit_callbacks
):
    amina = MemberFactory()
    client = client_of(amina)
    with django_capture_on_commit_callbacks():
        assert client.post("/me/privacy/archives/", {"kind": "everything"}).url == "/me/privacy/"
    assert "It is being made" in client.get("/me/privacy/").content.decode()
    tasks.make_archive.func(Archive.objects.get().pk)
    page = client.get("/me/privacy/").content.decode()
    archive = Archive.objects.get()
    assert archive.get_absolute_url() in page
    assert OutboxMail.objects.filter(to=amina.email, subject="Your file is ready").count() == 1
    answer = client.get(archive.get_absolute_url())
    assert answer["Content-Disposition"] == 'attachment; filename="boucle-everything.zip"'
    assert "no-store" in answer["Cache-Control"]


def test_asking_twice_makes_one(charter, client_of):
    client = client_of(MemberFactory())
    for _again in range(2):
        client.post("/me/privacy/archives/", {"kind": "everything"})
    assert Archive.objects.count() == 1


def test_a_member_who_is_suspended_gets_it_too(charter, client_of):
    member = MemberFactory(suspended=True)
    client = client_of(member)
    assert client.post("/me/privacy/archives/", {"kind": "everything"}).status_code == 302
    make_archive(Archive.objects.get().pk)
    assert client.get(Archive.objects.get().get_absolute_url()).status_code == 200


def test_nobody_else_fetches_it(charter, client, client_of):
    archive = made(MemberFactory())
    assert client.get(archive.get_absolute_url()).status_code == 302
    for other in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["administrator"])):
        assert client_of(other).get(archive.get_absolute_url()).status_code == 404


def test_an_unknown_kind_is_refused(charter, client_of):
    assert client_of(MemberFactory()).post("/me/privacy/archives/", {"kind": "x"}).status_code == 404


def test_after_a_week_it_is_gone_with_its_file(charter, client_of, django_capture_on_commit_callbacks):
    amina = MemberFactory()
    archive = made(amina)
    Archive.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client_of(amina).get(archive.get_absolute_url()).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_outdated_archives()
    assert not Archive.objects.exists()
    assert not archive.file.storage.exists(archive.file.name)


def test_what_cannot_be_made_says_so_and_can_be_asked_for_again(charter, client_of, monkeypatch):
    amina = MemberFactory()
    archive = request_archive("everything", actor=amina)
    from network.members import archives

    broken = archives.Kind("everything", "All", "", lambda member, file: 1 / 0, "all.zip")
    monkeypatch.setitem(archives._kinds, "everything", broken)
    assert not make_archive(archive.pk)
    client = client_of(amina)
    assert "could not be made" in client.get("/me/privacy/").content.decode()
    client.post("/me/privacy/archives/", {"kind": "everything"})
    assert Archive.objects.filter(state="waiting").count() == 1
