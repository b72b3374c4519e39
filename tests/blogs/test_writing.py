"""Writing posts: the blog that begins with the first, drafts, covers, readers, and what is refused."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from blogs.models import Blog, Post
from network.conversation.models import Attachment
from tests.factories import BlogFactory, GroupFactory, InstitutionFactory, MemberFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings):
    """What is published is released at once, but where a test says otherwise."""
    settings.RELEASE_DELAY = 0


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina El Idrissi", handle="amina")


@pytest.fixture
def own(client_of, amina):
    return client_of(amina)


def words(**changes):
    return {
        "blog_title": "Notes from the counter",
        "blog_visibility": "public",
        "title": "What I learnt",
        "summary": "In short.",
        "body": "First paragraph.\n\nSecond <b>one</b>.",
        "tags": "open data, reuse",
        "language": "en",
        "audience": "space",
        "publish": "1",
    } | changes


def cover(name="cover.png"):
    out = io.BytesIO()
    Image.new("RGB", (60, 30), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_a_first_post_that_is_refused_begins_no_blog_whose_readers_could_not_be_chosen_again(own):
    refused = own.post("/write/", words(body="Long. " * 40_000))
    assert "This text is too long" in refused.content.decode()
    assert "Notes from the counter" in refused.content.decode()
    assert not Blog.objects.exists()
    own.post("/write/", words(blog_visibility="network"))
    assert Blog.objects.get().visibility == "network"


def test_the_blog_begins_with_the_first_post(own, amina):
    answer = own.post("/write/", words())
    blog, post = Blog.objects.get(), Post.objects.get()
    assert answer.url == post.get_absolute_url() == "/blogs/amina/what-i-learnt/"
    assert (blog.owner, blog.title, blog.visibility, blog.slug) == (
        amina,
        "Notes from the counter",
        "public",
        "amina",
    )
    assert post.body == "<p>First paragraph.</p>\n\n<p>Second &lt;b&gt;one&lt;/b&gt;.</p>"
    assert {tag.label for tag in post.tags.all()} == {"open data", "reuse"}
    assert "Title of your blog" not in own.get("/write/").content.decode()


def test_the_author_sees_a_countdown_and_can_take_it_back(own, client, settings):
    settings.RELEASE_DELAY = 10
    address = own.post("/write/", words()).url
    page = own.get(address).content.decode()
    assert "data-countdown=" in page
    post = Post.objects.get()
    assert f"/contributions/{post.pk}/undo/" in page
    assert client.get(address).status_code == 404
    back = own.post(f"/contributions/{post.pk}/undo/")
    assert back.url == f"/write/?draft={post.pk}"
    assert "First paragraph." in own.get(back.url).content.decode()
    assert "A preview: you alone see this." in own.get(address).content.decode()


def test_a_draft_is_kept_changed_and_published_at_the_address_of_its_title(own, client):
    data = words(keep="1", body="")
    del data["publish"]
    answer = own.post("/write/", data)
    post = Post.objects.get()
    assert answer.url == f"/write/?draft={post.pk}"
    page = own.get(answer.url).content.decode()
    assert 'value="What I learnt"' in page
    assert "open data, reuse" in page
    assert client.get("/blogs/amina/").status_code == 200
    assert "What I learnt" not in client.get("/blogs/amina/").content.decode()
    answer = own.post("/write/", words(draft=post.pk, title="What I know", submission=post.submission or ""))
    assert answer.url == "/blogs/amina/what-i-know/"
    assert Post.objects.count() == 1


def test_a_post_without_words_is_refused_and_what_was_typed_stays(own):
    answer = own.post("/write/", words(body="  "))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Please check what you filled in" in page
    assert 'value="What I learnt"' in page
    assert not Post.objects.exists()


def test_the_same_form_sent_twice_is_one_post_in_one_blog(own):
    sent = words(submission=str(uuid.uuid4()))
    first, second = own.post("/write/", sent), own.post("/write/", sent)
    assert first.url == second.url
    assert (Blog.objects.count(), Post.objects.count()) == (1, 1)


def test_two_posts_of_one_title_have_two_addresses_and_none_takes_the_blogs_own(own):
    urls = {own.post("/write/", words(title=title)).url for title in ("Settings", "Settings", "Follow")}
    assert len(urls) == 3
    assert "/blogs/amina/settings/" not in urls
    assert all(own.get(url).status_code == 200 for url in urls)


def test_a_cover_is_sent_without_scripts_and_shown_with_its_description(own, client):
    own.post("/write/", words(picture=cover(), cover_alt="A counter"))
    post = Post.objects.get()
    page = client.get(post.get_absolute_url()).content.decode()
    assert f'src="{post.cover_url}" alt="A counter"' in page
    assert client.get(post.cover_url).status_code == 200


def test_a_cover_survives_a_form_that_has_to_be_corrected(own):
    answer = own.post("/write/", words(title="", picture=cover()))
    kept = Attachment.objects.get()
    assert f'name="cover" value="{kept.pk}"' in answer.content.decode()
    own.post("/write/", words(cover=kept.pk))
    assert Post.objects.get().cover == kept


def test_a_cover_can_be_taken_away_from_a_draft(own):
    data = words(keep="1", picture=cover())
    del data["publish"]
    own.post("/write/", data)
    draft = Post.objects.get()
    assert "This is the cover now." in own.get(f"/write/?draft={draft.pk}").content.decode()
    own.post("/write/", words(draft=draft.pk, cover=draft.cover_id, without_cover="on"))
    assert Post.objects.get().cover is None


def test_a_cover_that_is_no_picture_is_refused_with_a_reason(own):
    fake = SimpleUploadedFile("report.pdf", b"%PDF-1.7 words", "application/pdf")
    answer = own.post("/write/", words(picture=fake))
    assert "no picture that we can read" in answer.content.decode()
    assert not Post.objects.exists()


def test_nobody_takes_anothers_picture_as_cover(own, client_of):
    other = client_of(MemberFactory())
    theirs = other.post("/files/", {"file": cover()}).json()["id"]
    assert "Please check" in own.post("/write/", words(cover=theirs)).content.decode()
    assert not Post.objects.exists()


def test_a_post_may_be_for_the_network_or_one_group_alone(own, amina, client, client_of):
    inside, stranger = MemberFactory(), MemberFactory()
    group = GroupFactory(title="Crisis cell", visibility="hidden", members=[amina, inside])
    for_network = own.post("/write/", words(title="For colleagues", audience="network")).url
    for_group = own.post("/write/", words(title="For the cell", audience=f"group-{group.pk}")).url
    everybody = own.post("/write/", words(title="For all")).url
    seen = {
        reader: [browser.get(url).status_code for url in (everybody, for_network, for_group)]
        for reader, browser in [
            ("visitor", client),
            ("stranger", client_of(stranger)),
            ("inside", client_of(inside)),
            ("superuser", client_of(MemberFactory(superuser=True))),
        ]
    }
    assert seen == {
        "visitor": [200, 404, 404],
        "stranger": [200, 200, 404],
        "inside": [200, 200, 200],
        "superuser": [200, 200, 404],
    }
    for page in ("/blogs/", "/blogs/amina/", "/blogs/amina/feed.xml", "/blogs/amina/feed.json"):
        assert b"For the cell" not in client_of(stranger).get(page).content
        assert b"Crisis cell" not in client.get(page).content
        assert b"For colleagues" not in client.get(page).content


def test_a_group_that_one_left_is_no_audience(own):
    group = GroupFactory(visibility="private")
    answer = own.post("/write/", words(audience=f"group-{group.pk}"))
    assert "Please check" in answer.content.decode()
    assert not Post.objects.exists()


def test_the_form_says_who_will_read_it(own, amina):
    BlogFactory(owner=amina)
    assert "journalists and your management included" in own.get("/write/").content.decode()


def test_spokespeople_alone_speak_for_an_institution(own, amina, client):
    institution = InstitutionFactory(name_en="Port of Brussels")
    own.post("/write/", words(capacity=institution.pk))
    assert Post.objects.get().capacity == "personal"
    institution.spokespeople.set([amina])
    url = own.post("/write/", words(title="Official", capacity=institution.pk)).url
    page = client.get(url).content.decode()
    assert "member-chip--institution" in page
    assert "Port of Brussels" in page


def test_only_who_takes_part_writes(client, client_of, charter):
    assert client.get("/write/").url == "/accounts/login/?next=/write/"
    waiting = client_of(MemberFactory(pending=True))
    assert waiting.get("/write/").status_code == 403
    assert waiting.post("/write/", words()).status_code == 403
    assert not Blog.objects.exists()


def test_nobody_goes_on_with_anothers_draft(own, charter):
    draft = PostFactory(draft=True, title="Secret plans")
    assert "Secret plans" not in own.get(f"/write/?draft={draft.pk}").content.decode()
    own.post("/write/", words(draft=draft.pk))
    draft.refresh_from_db()
    assert (draft.title, draft.published_at) == ("Secret plans", None)


def test_what_was_typed_before_logging_in_is_found_again(client, amina):
    answer = client.post("/write/", words())
    assert answer.url == "/accounts/login/?next=/write/"
    client.force_login(amina)
    page = client.get("/write/").content.decode()
    assert "First paragraph." in page
    assert 'value="What I learnt"' in page


def test_what_the_editor_sends_is_cleaned_and_shown_in_it_again(own):
    html = '<p onclick="x">Hello <strong>you</strong></p><script>alert(1)</script>'
    own.post("/write/", words(body=html, body_format="html"))
    assert Post.objects.get().body == "<p>Hello <strong>you</strong></p>"
    page = own.post("/write/", words(title="", body=html, body_format="html")).content.decode()
    assert 'data-words-html="&lt;p&gt;Hello &lt;strong&gt;you&lt;/strong&gt;&lt;/p&gt;"' in page
    assert "\nHello you</textarea>" in page
