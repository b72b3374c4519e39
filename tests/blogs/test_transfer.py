"""Coming with one's past, leaving with one's work: what goes out comes in again, once, and nothing else does."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from blogs.models import Blog, Post
from blogs.transfer import actions
from blogs.transfer.export import write_markdown, write_wordpress
from blogs.transfer.markdown import from_markdown, to_markdown
from blogs.transfer.models import Import
from network.conversation.actions import edit_contribution
from network.conversation.attachments import add_attachment
from network.conversation.counters import drifted
from network.conversation.models import Contribution, ThreadState
from network.core.editor import clean_html
from network.notifications.models import Notification
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, ReplyFactory

pytestmark = pytest.mark.django_db


def picture(color="red"):
    file = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(file, "PNG")
    return file.getvalue()


def packed(**files):
    """A zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def written(write, member):
    file = io.BytesIO()
    write(member, file)
    return file.getvalue()


def sent(member, content, name="blog.zip"):
    batch = actions.send_import(SimpleUploadedFile(name, content), actor=member)
    actions.read_import(batch.pk)
    batch.refresh_from_db()
    return batch


def taken_in(member, content, audience="", name="blog.zip"):
    batch = sent(member, content, name)
    assert batch.state == "read", batch.problem
    actions.start_import(batch, actor=member, audience=audience)
    actions.run_import(batch.pk)
    batch.refresh_from_db()
    return batch


def notes(batch, title):
    return batch.items.get(title=title).notes


WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old home</title><link>https://old.example</link><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"""


def item(number=1, title="A post", content="<p>Words</p>", status="publish", kind="post", more="", slug=None):
    return f"""<item><title>{title}</title><link>https://old.example/{number}/</link>
<pubDate>Tue, 03 Mar 2020 08:30:00 +0000</pubDate><dc:creator><![CDATA[amina]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2020-03-03 08:30:00</wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>{slug or f"post-{number}"}</wp:post_name>
<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}</item>"""


def wxr(*items):
    return WXR.format(items="".join(items)).encode()


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina", language="en")


@pytest.fixture
def blog(amina):
    return BlogFactory(owner=amina, visibility="public", languages=["fr"])


def facts(post):
    return {
        "title": post.title,
        "summary": post.summary,
        "slug": post.slug,
        "language": post.language,
        "body": re.sub(r"/files/\d+/", "/files/N/", post.body),
        "audience": post.audience,
        "group": post.audience_space_id,
        "capacity": post.capacity,
        "institution": post.institution_id,
        "released": post.released_at,
        "draft": post.is_draft,
        "replies_open": post.replies_open,
        "tags": sorted(tag.name for tag in post.tags.all()),
        "cover": post.cover.alt if post.cover else None,
    }


def full_blog(amina, blog):
    """One post of each awkward sort."""
    group = GroupFactory(members=[amina])
    shown = add_attachment(SimpleUploadedFile("a ramp.png", picture()), actor=amina, alt="A ramp")
    cover = add_attachment(SimpleUploadedFile("cover.png", picture("blue")), actor=amina, alt="A door")
    body = (
        f'<p>Look:</p><p><img src="{shown.get_absolute_url()}" alt="A ramp"></p><p>a<br>b *c* &lt;d&gt;</p>'
    )
    PostFactory(space=blog, title="With pictures: “ça”", body=body, cover=cover, tags=["access", "ramps"])
    PostFactory(space=blog, title="مرحبا 🎉", body="<p>مرحبا</p>", summary="Short", language="nl")
    PostFactory(space=blog, title="For a few", audience="group", audience_space=group)
    PostFactory(space=blog, title="For colleagues", audience="network", replies_open=False)
    PostFactory(
        space=blog,
        title="A list",
        body="<h2>List</h2><ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul><pre><code>x\n\ny</code></pre>"
        "<table><tbody><tr><th><p>A</p></th></tr><tr><td><p>1 | 2</p></td></tr></tbody></table>",
    )
    PostFactory(space=blog, title="Half", body="<p>Not yet</p>", draft=True)
    return list(Post.objects.filter(space=blog).order_by("pk"))


@pytest.mark.parametrize("write", [write_markdown, write_wordpress])
def test_what_goes_out_comes_in_again_as_it_was(amina, blog, write):
    before = [facts(post) for post in full_blog(amina, blog)]
    content = written(write, amina)
    Contribution.objects.filter(space=blog).update(cover=None)
    ThreadState.objects.all().delete()
    for post in Post.objects.filter(space=blog):
        post.attachments.all().delete()
        post.delete()
    batch = taken_in(amina, content)
    assert not batch.items.exclude(outcome="done").exists()
    after = [facts(post) for post in Post.objects.filter(space=blog).order_by("pk")]

    def order(known):
        return known["title"]

    if write is write_wordpress:
        for known in before:
            known["cover"] = None
    assert sorted(after, key=order) == sorted(before, key=order)


_words = st.text(max_size=20).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
_inline = st.recursive(
    _words,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["strong", "em", "code"]), inner).map(
            lambda pair: "<{0}>{1}</{0}>".format(*pair)
        ),
        inner.map(lambda words: f'<a href="https://a.example/_b_">{words}</a>'),
        st.lists(inner, max_size=3).map("<br>".join),
    ),
    max_leaves=4,
)
_blocks = st.recursive(
    st.tuples(st.sampled_from(["p", "h2", "h3", "pre"]), _inline).map(
        lambda pair: "<{0}>{1}</{0}>".format(*pair)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(
            lambda parts: f"<ul>{''.join(f'<li>{part}</li>' for part in parts)}</ul>"
        ),
        st.lists(inner, max_size=3).map(
            lambda parts: f"<ol>{''.join(f'<li>{part}</li>' for part in parts)}</ol>"
        ),
        inner.map(lambda part: f"<blockquote>{part}</blockquote>"),
        st.just('<p><img src="/files/1/a.webp" alt="x"></p>'),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_blocks | _inline, max_size=4).map("".join))
def test_whatever_the_editor_makes_survives_markdown(source):
    html = clean_html(source)
    assert from_markdown(to_markdown(html)) == html


def test_ordinary_words_become_ordinary_markdown():
    html = '<h2>Ramps</h2><p>A <strong>good</strong> <a href="https://a.example/">ramp</a>:</p><ul><li><p>low</p></li><li><p>dry</p></li></ul>'
    assert to_markdown(html) == "## Ramps\n\nA **good** [ramp](https://a.example/):\n\n- low\n- dry"


def test_the_archive_has_a_file_a_post_and_names_what_was_corrected(amina, blog):
    post = PostFactory(space=blog, title="Ramps", slug="ramps", body="<p>Frist</p>")
    edit_contribution(post, actor=amina, body="<p>First</p>", reason="A slip")
    PostFactory(space=blog, title="Half", slug="half", draft=True)
    ReplyFactory(root=post, body="<p>zanzibar by another</p>")
    archive = zipfile.ZipFile(io.BytesIO(written(write_markdown, amina)))
    assert {"blog.yaml", "posts/ramps.md", "drafts/half.md"} <= set(archive.namelist())
    words = archive.read("posts/ramps.md").decode()
    assert "A slip" in words
    assert words.endswith("---\n\nFirst\n")
    assert "zanzibar" not in "".join(archive.read(name).decode() for name in archive.namelist())


def test_members_ask_for_their_blog_on_the_page_of_their_data(amina, blog, client_of):
    page = client_of(amina).get("/me/privacy/").content.decode()
    assert "Your blog as Markdown" in page
    assert "Your blog for WordPress" in page
    assert "Your blog as Markdown" not in client_of(MemberFactory()).get("/me/privacy/").content.decode()


class TestTheWholeWay:
    def test_nothing_changes_before_one_says_yes(self, amina, blog, client_of):
        client = client_of(amina)
        answer = client.post("/me/blog/import/", {"file": SimpleUploadedFile("old.xml", wxr(item()))})
        batch = Import.objects.get()
        assert answer.url == batch.get_absolute_url()
        assert "is being read" in client.get(answer.url).content.decode()
        actions.read_import(batch.pk)
        page = client.get(answer.url).content.decode()
        assert "A post" in page
        assert "comes in" in page
        assert not Post.objects.exists()
        client.post(f"{answer.url}start/", {"audience": "network"})
        page = client.get(answer.url).content.decode()
        assert "0 of 1" in page
        actions.run_import(batch.pk)
        assert "Your posts have come in" in client.get(answer.url).content.decode()
        post = Post.objects.get()
        assert post.released_at == datetime(2020, 3, 3, 8, 30, tzinfo=UTC)
        assert post.audience == "network"
        assert post.language == "fr"
        assert "Words" in client.get(post.get_absolute_url()).content.decode()

    def test_a_member_without_a_blog_begins_it(self, amina):
        taken_in(amina, wxr(item()))
        assert Blog.objects.of(amina).root_count == 1
        assert Blog.objects.of(amina).visibility == "network"

    def test_a_file_can_be_forgotten(self, amina, client_of):
        batch = sent(amina, wxr(item()))
        client_of(amina).post(f"{batch.get_absolute_url()}drop/")
        assert not Import.objects.exists()

    def test_a_form_without_a_file_says_so(self, amina, client_of):
        assert "Choose a file" in client_of(amina).post("/me/blog/import/", {}).content.decode()

    def test_nobody_else_sees_or_starts_it(self, amina, client, client_of):
        batch = sent(amina, wxr(item()))
        address = batch.get_absolute_url()
        assert client.get(address).status_code == 302
        for other in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["moderator"])):
            theirs = client_of(other)
            assert theirs.get(address).status_code == 404
            for verb in ("start", "drop"):
                assert theirs.post(f"{address}{verb}/", {"audience": "blog"}).status_code == 404
        batch.refresh_from_db()
        assert batch.state == "read"

    @pytest.mark.parametrize("state", [{"pending": True}, {"suspended": True}])
    def test_who_may_not_write_brings_nothing(self, charter, client_of, state):
        assert client_of(MemberFactory(**state)).get("/me/blog/import/").status_code == 403

    def test_who_lost_their_voice_meanwhile_brings_nothing_in(self, amina, blog):
        batch = sent(amina, wxr(item()))
        actions.start_import(batch, actor=amina, audience="")
        type(amina).objects.filter(pk=amina.pk).update(
            status="suspended", suspended_until=datetime(2100, 1, 1, tzinfo=UTC)
        )
        actions.run_import(batch.pk)
        assert not Post.objects.exists()
        assert batch.items.get().notes == ["not_allowed"]

    @pytest.mark.parametrize("count", [2, 20])
    def test_the_page_costs_the_same_however_many(self, amina, client_of, count, django_assert_num_queries):
        batch = taken_in(amina, wxr(*(item(number) for number in range(count))))
        client = client_of(amina)
        client.get(batch.get_absolute_url())
        with django_assert_num_queries(10):
            client.get(batch.get_absolute_url())


class TestOnce:
    def test_sending_it_again_doubles_nothing(self, amina, blog):
        content = wxr(item(1), item(2))
        taken_in(amina, content)
        batch = sent(amina, content)
        assert set(batch.items.values_list("outcome", flat=True)) == {"known"}
        actions.start_import(batch, actor=amina, audience="")
        actions.run_import(batch.pk)
        assert Post.objects.count() == 2

    def test_ones_own_export_brings_nothing_new(self, amina, blog):
        PostFactory(space=blog)
        batch = sent(amina, written(write_markdown, amina))
        assert [one.outcome for one in batch.items.all()] == ["known"]

    def test_one_post_twice_in_a_file_comes_in_once(self, amina, blog):
        taken_in(amina, wxr(item(1), item(1)))
        assert Post.objects.count() == 1

    def test_stopped_in_the_middle_it_goes_on(self, amina, blog, monkeypatch):
        from blogs.transfer.actions import imports

        batch = sent(amina, wxr(*(item(number, title=f"Post {number}") for number in range(20))))
        actions.start_import(batch, actor=amina, audience="")
        real, done = imports.take_in, []

        def killed(*words):
            if len(done) == 7:
                raise KeyboardInterrupt
            done.append(real(*words))

        monkeypatch.setattr(imports, "take_in", killed)
        with pytest.raises(KeyboardInterrupt):
            actions.run_import(batch.pk)
        assert Post.objects.count() == 7
        monkeypatch.setattr(imports, "take_in", real)
        for _again in range(2):
            actions.run_import(batch.pk)
        assert Post.objects.count() == 20
        assert Blog.objects.of(amina).root_count == 20

    def test_a_second_file_waits_for_the_first(self, amina, blog, client_of):
        actions.send_import(SimpleUploadedFile("a.xml", wxr(item())), actor=amina)
        answer = client_of(amina).post("/me/blog/import/", {"file": SimpleUploadedFile("b.xml", wxr(item()))})
        assert "Another file of yours is under way" in answer.content.decode()

    def test_nobody_is_notified_and_follower_counts_hold(self, amina, blog):
        from network.conversation.actions import enter_space

        enter_space(blog, MemberFactory(), role="follower", level="everything")
        taken_in(amina, wxr(item()))
        assert not Notification.objects.exists()


class TestAwkwardWordPress:
    def test_drafts_private_and_future_posts_stay_drafts(self, amina, blog):
        protected = "<wp:post_password>secret</wp:post_password>"
        future = item(4, "Future").replace("2020-03-03", "2199-03-03")
        content = wxr(
            item(1, "Draft", status="draft"),
            item(2, "Private", status="private"),
            item(3, "Protected", more=protected),
            future,
            item(5, "Bin", status="trash"),
            item(6, "Page", kind="page"),
            item(7, "Picture", kind="attachment"),
            item(8, "Nothing", content=""),
        )
        batch = taken_in(amina, content)
        assert set(Post.objects.values_list("title", "released_at")) == {
            (title, None) for title in ("Draft", "Private", "Protected", "Future", "Nothing")
        }
        assert notes(batch, "Private") == ["was_private"]
        assert notes(batch, "Bin") == ["trash"]
        assert notes(batch, "Page") == ["not_a_post"]
        assert batch.items.count() == 7

    def test_comments_stay_with_those_who_wrote_them_and_the_page_says_so(self, amina, blog, client_of):
        comment = (
            "<wp:comment><wp:comment_id>{0}</wp:comment_id><wp:comment_author>X</wp:comment_author>"
            "<wp:comment_content>zanzibar</wp:comment_content><wp:comment_parent>{1}</wp:comment_parent></wp:comment>"
        )
        batch = sent(amina, wxr(item(more=comment.format(1, 0) + comment.format(2, 1))))
        page = client_of(amina).get(batch.get_absolute_url()).content.decode()
        assert "Comments that stay with those who wrote them" in page
        assert batch.comments_left == 2
        actions.start_import(batch, actor=amina, audience="")
        actions.run_import(batch.pk)
        assert Contribution.objects.count() == 1

    def test_shortcodes_are_left_out_and_words_in_brackets_stay(self, amina, blog):
        words = 'One [sic] two\n\n[caption id="1" width="3"]Under it[/caption]\n\n[gallery]Three\nfour'
        batch = taken_in(amina, wxr(item(content=words)))
        assert Post.objects.get().body == "<p>One [sic] two</p><p>Under it</p><p>Three<br>four</p>"
        assert notes(batch, "A post") == ["shortcodes"]

    def test_blocks_and_scripts_leave_only_what_the_editor_makes(self, amina, blog):
        words = (
            '<!-- wp:paragraph --><p class="x" style="color:red" onclick="a()">Hi</p><!-- /wp:paragraph -->'
            "<script>alert(1)</script><iframe src='https://x.example'></iframe>"
            '<p><a href="javascript:alert(1)">go</a></p>'
        )
        taken_in(amina, wxr(item(content=words)))
        body = Post.objects.get().body
        for trace in ("style", "onclick", "script", "iframe", "wp:"):
            assert trace not in body

    def test_pictures_come_from_the_zip_and_never_from_the_web(self, amina, blog):
        words = (
            '<p><img src="https://old.example/wp-content/uploads/2020/03/ramp.png" alt="A ramp"></p>'
            '<p><img src="https://elsewhere.example/a.png" alt="A door"></p>'
        )
        content = packed(
            **{"old.xml": wxr(item(content=words)), "wp-content/uploads/2020/03/ramp.png": picture()}
        )
        batch = taken_in(amina, content)
        body = Post.objects.get().body
        assert re.search(r'<img src="/files/\d+/ramp.webp" alt="A ramp">', body)
        assert '<a href="https://elsewhere.example/a.png"' in body
        assert notes(batch, "A post") == ["pictures_elsewhere"]

    def test_addresses_that_are_taken_get_a_number(self, amina, blog):
        PostFactory(space=blog, title="Ramps", slug="ramps")
        content = wxr(item(1, slug="ramps"), item(2, slug="ramps"), item(3, slug="settings"))
        taken_in(amina, content)
        slugs = set(Post.objects.values_list("slug", flat=True))
        assert slugs == {"ramps", "ramps-2", "ramps-3", "settings-2"}

    def test_odd_letters_are_read(self, amina, blog):
        document = wxr(item(1, title="Été &amp; œuf \x0b 🎉")).decode()
        latin = document.replace("UTF-8", "windows-1252").replace("🎉", "").replace("A post", "x")
        taken_in(amina, latin.encode("cp1252"), name="a.xml")
        assert Post.objects.get().title == "Été & œuf"
        taken_in(amina, document.replace("?p=1", "?p=2").encode("utf-16"), name="b.xml")
        assert Post.objects.filter(title="Été & œuf  🎉").exists()

    def test_tags_and_categories_come_along_but_the_one_for_none(self, amina, blog):
        more = (
            '<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>'
            '<category domain="category" nicename="access"><![CDATA[Access &amp; doors]]></category>'
            '<category domain="post_tag" nicename="ramps"><![CDATA[Ramps]]></category>'
        )
        taken_in(amina, wxr(item(more=more)))
        assert {tag.name for tag in Post.objects.get().tags.all()} == {"Access & doors", "Ramps"}

    def test_a_hundred_posts_come_in_and_every_counter_holds(self, amina, blog):
        before = drifted()
        taken_in(amina, wxr(*(item(number, title=f"Post {number}") for number in range(100))))
        assert Blog.objects.of(amina).root_count == 100
        assert drifted() == before

    def test_a_text_too_long_keeps_no_other_out(self, amina, blog):
        batch = taken_in(
            amina, wxr(item(1, "Long", content="<p>" + "a " * 150_000 + "</p>"), item(2, "Short"))
        )
        assert [post.title for post in Post.objects.all()] == ["Short"]
        assert notes(batch, "Long") == ["too_long"]


class TestMarkdown:
    def test_a_folder_of_plain_files_comes_in(self, amina, blog):
        content = packed(
            **{
                "blog/2021-ramps.md": "---\ntitle: Ramps\ndate: 2021-05-06\ntags: [access, doors]\n---\n\n"
                "# Big\n\nSee ![it](img/a.png)\n",
                "blog/img/a.png": picture(),
                "blog/no-front.md": "# A title\n\nWords",
                "blog/README.md": "About",
                "__MACOSX/blog/._x.md": "x",
            }
        )
        batch = taken_in(amina, content)
        ramps = Post.objects.get(title="Ramps")
        assert re.search(r'<img src="/files/\d+/a.webp" alt="it">', ramps.body)
        assert ramps.body.startswith("<h2>Big</h2>")
        assert ramps.released_at.date().isoformat() == "2021-05-06"
        assert Post.objects.get(title="A title").is_draft
        assert notes(batch, "A title") == ["no_date"]
        assert Post.objects.count() == 2

    def test_what_stands_above_may_be_wrong(self, amina, blog):
        content = packed(
            **{
                "a.md": "---\ntitle: [\n---\nx",
                "b.md": "---\n- 1\n---\nx",
                "c.md": b"\xff\xfa\xfb",
                "d.md": "---\ntitle: Fine\ndate: nonsense\naudience: all\ninstitution: nowhere\ntags: 3\n---\nx",
                "e.md": "---\ntitle: !!python/object/apply:os.system ['true']\n---\nx",
            }
        )
        batch = taken_in(amina, content)
        refused = batch.items.filter(outcome="refused").order_by("position")
        assert [one.notes for one in refused] == [
            ["bad_front_matter"],
            ["bad_front_matter"],
            ["bad_encoding"],
            ["bad_front_matter"],
        ]
        post = Post.objects.get()
        assert post.is_draft
        assert post.audience == "network"

    def test_words_for_a_group_that_one_is_not_in_are_published_to_nobody(self, amina, blog):
        group = GroupFactory(slug="closed", visibility="private")
        known = f"---\ntitle: T\ndate: 2021-01-01\naudience: group\naudience_group: {group.slug}\n---\nx"
        batch = taken_in(amina, packed(**{"a.md": known}))
        assert Post.objects.get().is_draft
        assert notes(batch, "T") == ["group_unknown"]


class TestHostileFiles:
    def refused(self, member, content, name="x.zip"):
        batch = sent(member, content, name)
        assert batch.state == "failed"
        assert batch.problem_text
        return batch.problem

    def test_entity_bombs_and_external_entities(self, amina):
        bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'
        outside = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
        assert self.refused(amina, bomb, "a.xml") == "unsafe"
        assert self.refused(amina, outside, "b.xml") == "unsafe"

    @pytest.mark.parametrize("path", ["../../etc/a.md", "/etc/a.md", "..\\a.md", "C:\\a.md"])
    def test_paths_that_lead_outside(self, amina, path):
        assert self.refused(amina, packed(**{path: "x"})) == "unsafe"

    def test_more_than_it_says(self, amina, monkeypatch):
        from blogs.transfer.reading import archives

        monkeypatch.setattr(archives, "MOST_UNFOLDED", 1000)
        assert self.refused(amina, packed(**{"a.md": "x" * 2000})) == "too_large"
        monkeypatch.setattr(archives, "MOST_FILES", 1)
        assert self.refused(amina, packed(**{"a.md": "x", "b.md": "x"})) == "too_large"

    def test_one_file_that_unfolds_without_end(self, amina, blog):
        batch = sent(amina, packed(**{"a.md": "x" * 5_000_000, "b.md": "# Small\n\nx"}))
        assert [one.notes for one in batch.items.filter(outcome="refused")] == [["too_long"]]

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "no_archive"),
            (b"nothing of the kind", "no_archive"),
            (b"PK\x03\x04 broken", "no_archive"),
            (b"<rss><channel>", "broken_xml"),
            (b"<rss></rss>", "broken_xml"),
            (b"<rss><channel></channel></rss>", "no_posts"),
        ],
    )
    def test_what_is_no_blog(self, amina, content, problem):
        batch = Import(member=amina, name="x")
        batch.file.save("x", ContentFile(content))
        batch.save()
        actions.read_import(batch.pk)
        batch.refresh_from_db()
        assert batch.problem == problem


def test_files_are_forgotten_after_a_week(amina, django_capture_on_commit_callbacks):
    batch = sent(amina, wxr(item()))
    stored = batch.file
    Import.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_old_imports()
    assert not Import.objects.exists()
    assert not stored.storage.exists(stored.name)
