"""Nothing that one writes is lost: kept while one types, in two windows, deleted and brought back, purged at last."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from blogs.models import Blog, Post
from network.charter.models import CharterVersion
from network.conversation.models import Attachment, Contribution
from network.conversation.tasks import forget_thrown_away
from tests.factories import (
    BlogFactory,
    CharterFactory,
    MemberFactory,
    PostFactory,
    ReplyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.RELEASE_DELAY = 0


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina El Idrissi", handle="amina")


@pytest.fixture
def own(client_of, amina):
    return client_of(amina)


def typed(**changes):
    return {
        "title": "What I learnt",
        "body": "<p>Half an hour of words.</p>",
        "body_format": "html",
        "language": "en",
        "audience": "space",
    } | changes


def test_what_is_typed_becomes_a_draft_and_stays_one_draft(own, amina):
    first = own.post("/write/save/", typed(title="", submission=str(uuid.uuid4()))).json()
    draft = Post.objects.get()
    assert first == {
        "draft": draft.pk,
        "version": 0,
        "key": f"write-{draft.pk}",
        "address": f"/write/?draft={draft.pk}",
        "published": "",
    }
    assert (draft.author, draft.title, draft.published_at) == (amina, "", None)
    second = own.post("/write/save/", typed(draft=draft.pk, version=0, body="<p>More.</p>")).json()
    assert second["version"] == 1
    draft.refresh_from_db()
    assert draft.body == "<p>More.</p>"
    assertContains(own.get(first["address"]), "More.")
    assertContains(own.get("/me/drafts/"), "What I learnt")


def test_nothing_typed_keeps_nothing(own):
    assert own.post("/write/save/", typed(title="", body="")).status_code == 204
    assert not Post.objects.exists()


def test_the_readers_of_a_blog_without_posts_can_still_be_chosen(own):
    draft = own.post("/write/save/", typed(blog_title="First name", blog_visibility="public")).json()["draft"]
    page = own.get(f"/write/?draft={draft}").content.decode()
    assert 'name="blog_visibility"' in page
    assert 'value="First name"' in page
    own.post(
        "/write/", typed(draft=draft, version=0, publish="1", blog_title="Second", blog_visibility="network")
    )
    blog = Blog.objects.get()
    assert (blog.title, blog.visibility) == ("Second", "network")
    assert 'name="blog_visibility"' not in own.get("/write/").content.decode()


def test_two_windows_find_out_that_they_write_the_same_draft(own, amina):
    draft = PostFactory(draft=True, space__owner=amina, title="Plan", body="<p>As it was.</p>")
    own.post("/write/save/", typed(draft=draft.pk, version=draft.version, body="<p>From the phone.</p>"))
    late = typed(draft=draft.pk, version=draft.version, body="<p>From the office.</p>")
    refused = own.post("/write/save/", late)
    assert (refused.status_code, refused.json()) == (409, {"version": draft.version + 1})
    page = own.post("/write/", late | {"keep": "1"}).content.decode()
    assert "There are two versions of this draft" in page
    assert "From the phone." in page
    assert "From the office." in page
    assert f'name="version" value="{draft.version + 1}"' in page
    draft.refresh_from_db()
    assert draft.body == "<p>From the phone.</p>"
    own.post("/write/", late | {"keep": "1", "version": draft.version})
    draft.refresh_from_db()
    assert draft.body == "<p>From the office.</p>"


def test_publishing_an_older_version_asks_which_one_first(own, amina):
    draft = PostFactory(draft=True, space__owner=amina, title="Plan")
    own.post("/write/save/", typed(draft=draft.pk, version=0, body="<p>From the phone.</p>"))
    page = own.post("/write/", typed(draft=draft.pk, version=0, publish="1", body="<p>Old.</p>"))
    assertContains(page, "There are two versions of this draft")
    draft.refresh_from_db()
    assert draft.published_at is None


def test_the_same_words_from_two_windows_are_no_conflict(own, amina):
    draft = PostFactory(draft=True, space__owner=amina)
    for _window in range(2):
        assert own.post("/write/save/", typed(draft=draft.pk, version=0)).status_code == 200


def test_what_cannot_be_kept_is_said(own):
    answer = own.post("/write/save/", typed(language="xx"))
    assert answer.status_code == 422
    assert "Language of the text" in answer.json()["error"]
    answer = own.post("/write/save/", typed(body=f"<p>{'Long. ' * 40_000}</p>"))
    assert answer.status_code == 422
    assert "too long" in answer.json()["error"]


def test_who_is_logged_out_is_told_so_and_finds_the_way_back(client, own, amina, charter):
    assert client.post("/write/save/", typed()).status_code == 401
    assert client.get("/write/save/").json() == {"member": None}
    assert client.get("/write/again/").url == "/accounts/login/?next=/write/again/"
    assertContains(own.get("/write/again/"), "You can write on")
    known = own.get("/write/save/").json()
    assert known["member"] == amina.pk
    assert known["token"]


def test_a_new_charter_loses_nothing(own, amina, charter):
    CharterVersion.objects.filter(pk=charter.pk).update(state="superseded", superseded_at=timezone.now())
    CharterFactory(number=charter.number + 1)
    answer = own.post("/write/save/", typed())
    assert answer.status_code == 302
    assert answer.url.startswith("/charter/accept/")
    assert not Post.objects.exists()


def test_only_who_takes_part_keeps_drafts_here(client_of, charter):
    assert client_of(MemberFactory(pending=True)).post("/write/save/", typed()).status_code == 403
    assert client_of(MemberFactory(suspended=True)).post("/write/save/", typed()).status_code == 403
    assert not Blog.objects.exists()


def test_nobody_keeps_words_in_anothers_draft(own, charter):
    theirs = PostFactory(draft=True, title="Secret plans", body="<p>Theirs.</p>")
    answer = own.post("/write/save/", typed(draft=theirs.pk, version=0))
    assert answer.json()["draft"] != theirs.pk
    theirs.refresh_from_db()
    assert theirs.body == "<p>Theirs.</p>"


def test_a_deleted_draft_can_be_brought_back(own, amina, client_of):
    draft = PostFactory(draft=True, space__owner=amina, title="Half a thought")
    own.post(f"/contributions/{draft.pk}/delete/")
    assert own.get(draft.get_absolute_url()).status_code == 404
    assert own.get(f"/contributions/{draft.pk}/").status_code == 404
    assertContains(own.get("/me/drafts/"), f"/contributions/{draft.pk}/restore/")
    assert client_of(MemberFactory()).post(f"/contributions/{draft.pk}/restore/").status_code == 404
    own.post(f"/contributions/{draft.pk}/restore/")
    assertContains(own.get("/me/drafts/"), f"/write/?draft={draft.pk}")
    assert own.get(draft.get_absolute_url()).status_code == 200


def test_a_deleted_reply_is_not_in_the_form_of_its_thread(amina, own):
    reply = ReplyFactory(root=TopicFactory(), author=amina, draft=True, body="<p>Half a reply.</p>")
    address = reply.root.get_absolute_url()
    assertContains(own.get(address), "Half a reply.")
    own.post(f"/contributions/{reply.pk}/delete/")
    assertNotContains(own.get(address), "Half a reply.")


def test_who_writes_on_in_a_deleted_draft_brings_it_back(own, amina):
    draft = PostFactory(draft=True, space__owner=amina)
    own.post(f"/contributions/{draft.pk}/delete/")
    assert own.post("/write/save/", typed(draft=draft.pk, version=0)).json()["draft"] == draft.pk
    assert Post.objects.drafts_of(amina).filter(pk=draft.pk).exists()


def test_deleted_drafts_are_forgotten_after_a_month(own, amina):
    recent, old = (PostFactory(draft=True, space=BlogFactory(owner=MemberFactory())) for _ in range(2))
    for draft, days in ((recent, 29), (old, 31)):
        Contribution.objects.filter(pk=draft.pk).update(deleted_at=timezone.now() - timedelta(days=days))
    Attachment.objects.create(owner=old.author, contribution=old, name="a.pdf", size=1, file="a.pdf")
    forget_thrown_away()
    assert list(Post.objects.values_list("pk", flat=True)) == [recent.pk]
    assert not Attachment.objects.exists()


def test_a_deleted_draft_that_others_had_read_loses_its_words_and_keeps_their_replies(own, amina):
    post = PostFactory(space__owner=amina, title="Once public", body="<p>My words.</p>")
    reply = ReplyFactory(root=post, body="<p>Their words.</p>")
    own.post(f"{post.get_absolute_url()}withdraw/")
    own.post(f"/contributions/{post.pk}/delete/")
    Contribution.objects.filter(pk=post.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    for _time in range(2):
        forget_thrown_away()
    post.refresh_from_db()
    reply.refresh_from_db()
    assert (post.title, post.body, post.body_text) == ("", "", "")
    assert reply.body == "<p>Their words.</p>"
    assertNotContains(own.get("/me/drafts/"), "Once public")


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_of_drafts_costs_the_same_however_many(own, amina, django_assert_max_num_queries, count):
    blog = BlogFactory(owner=amina)
    for number in range(count):
        PostFactory(draft=True, space=blog)
        PostFactory(waiting=True, space=blog)
        gone = PostFactory(draft=True, space=blog, title=f"Gone {number}")
        Contribution.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    own.get("/me/drafts/")
    with django_assert_max_num_queries(12) as queries:
        own.get("/me/drafts/")
    assert len(queries) <= 10


def test_five_megabytes_of_pasted_html_are_refused_in_words(own):
    for address in ("/write/", "/write/save/"):
        answer = own.post(address, typed(body="<p>" + "x" * 6_000_000))
        assert answer.status_code == 413
        assertContains(answer, "This is too much at a time", status_code=413)


@pytest.mark.parametrize(
    "pasted",
    [
        '<iframe src="https://evil.example/"></iframe>',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed" class="x" onmouseover="y()">x</p>',
        "<svg><script>alert(1)</script></svg>",
        '<p class="MsoNormal"><o:p>x</o:p></p><!--[if gte mso 9]><xml></xml><![endif]-->',
    ],
)
def test_what_is_pasted_from_elsewhere_brings_nothing_foreign(own, pasted):
    own.post("/write/save/", typed(body=f"<p>Words.</p>{pasted}"))
    body = Post.objects.get().body
    for foreign in ("iframe", "javascript:", "style", "class", "onmouseover", "svg", "script", "o:p", "mso"):
        assert foreign not in body
    assert "<p>Words.</p>" in body
