"""Reading blogs: lists, pages, comments, following, feeds, and what stays out of sight."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from blogs.models import Blog
from network.conversation.actions import hide_contribution
from network.conversation.models import Contribution, Membership, TaggedSpace
from network.members.actions import change_handle
from tests.factories import BlogFactory, MemberFactory, PostFactory, TagFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(charter, client_of):
    return client_of(MemberFactory())


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_shows_blogs_with_posts_the_most_recently_active_first(client, charter):
    empty, older, newer = BlogFactory(), BlogFactory(title="Older"), BlogFactory(title="Newer")
    PostFactory(space=older, title="From long ago")
    PostFactory(space=newer, title="From today")
    page = text_of(client, "/blogs/")
    assert page.index("Newer") < page.index("Older")
    assert "From today" in page
    assert empty.title not in page


def test_a_network_blog_is_not_there_for_visitors(client, reader, client_of):
    blog = BlogFactory(visibility="network", title="Among us")
    post = PostFactory(space=blog)
    for address in (blog.get_absolute_url(), post.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client_of(MemberFactory(pending=True)).get(address).status_code == 404
        assert reader.get(address).status_code == 200
    assert "Among us" not in text_of(client, "/blogs/")
    assert "Among us" in text_of(reader, "/blogs/")


def test_the_list_is_narrowed_by_language_and_tag(client, charter):
    french, dutch = (
        BlogFactory(languages=["fr"], title="Carnet"),
        BlogFactory(languages=["nl"], title="Schrift"),
    )
    PostFactory(space=french, tags=["données"])
    PostFactory(space=dutch)
    tag = TagFactory(name="mobility")
    TaggedSpace.objects.create(content_object=dutch.space_ptr, tag=tag)
    assert "Schrift" not in text_of(client, "/blogs/?language=fr")
    by_post, by_blog = text_of(client, "/blogs/?tag=donnees"), text_of(client, "/blogs/?tag=mobility")
    assert "Carnet" in by_post
    assert "Schrift" not in by_post
    assert "Schrift" in by_blog
    assert "Carnet" not in by_blog
    assert "No blog found" in text_of(client, "/blogs/?tag=unknown")


def test_new_voices_are_those_that_began_lately(client, charter):
    old, new = BlogFactory(title="Veteran"), BlogFactory(title="Debut")
    Blog.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=200))
    for blog in (old, new):
        PostFactory(space=blog)
    page = text_of(client, "/blogs/")
    aside = page[page.index("New voices") :]
    assert "Debut" in aside
    assert "Veteran" not in aside


def test_a_blog_shows_its_posts_piece_by_piece(client, charter):
    blog = BlogFactory(description="What I do all day.")
    for number in range(21):
        PostFactory(space=blog, title=f"Entry {number:02}")
    first = client.get(blog.get_absolute_url())
    page = first.content.decode()
    assert "What I do all day." in page
    assert "Entry 20" in page
    assert "Entry 00" not in page
    further = first.context["piece"].further
    assert "Entry 00" in client.get(blog.get_absolute_url(), {"after": further}).content.decode()


def test_a_post_says_who_speaks_to_whom_and_how_long_it_takes(client, charter):
    blog = BlogFactory(owner__name="Els Peeters", title="Voor iedereen")
    post = PostFactory(
        space=blog, title="Ramps", summary="In short", body=f"<p>{'word ' * 500}</p>", tags=["access"]
    )
    page = text_of(client, post.get_absolute_url())
    for words in (
        "<h1",
        "Ramps",
        "In short",
        "Els Peeters",
        "3 minutes to read",
        "access",
        "anyone on the web",
    ):
        assert words in page


def test_a_corrected_post_leads_to_its_history(client, charter, client_of):
    post = PostFactory()
    author = client_of(post.author)
    author.post(
        f"/contributions/{post.pk}/edit/",
        {
            "title": post.title,
            "summary": "Shorter",
            "body": "Other words",
            "tags": "",
            "seen": "",
            "reason": "A typo",
        },
    )
    page = text_of(client, post.get_absolute_url())
    assert "Shorter" in page
    assert "Corrected" in page
    assert f"/contributions/{post.pk}/history/" in page
    assert "A typo" in text_of(client, f"/contributions/{post.pk}/history/")


def test_members_comment_and_visitors_are_asked_to_log_in(client, reader, client_of):
    post = PostFactory()
    address = post.get_absolute_url()
    assert "Log in" in text_of(client, address)
    answer = client.post(address, {"body": "Well said", "language": "en"})
    assert answer.url.startswith("/accounts/login/")
    answer = reader.post(address, {"body": "Well said", "language": "en"})
    assert answer.status_code == 302
    comment = Contribution.objects.get(kind="reply")
    assert (comment.root_id, comment.body) == (post.pk, "<p>Well said</p>")
    waiting = client_of(MemberFactory(pending=True)).post(address, {"body": "Me too", "language": "en"})
    assert waiting.status_code == 302
    assert Contribution.objects.filter(kind="reply").count() == 1


def test_an_empty_comment_is_shown_again_with_what_is_wrong(reader):
    post = PostFactory()
    answer = reader.post(post.get_absolute_url(), {"body": " ", "language": "en"})
    assert answer.status_code == 200
    assert "Please check what you filled in" in answer.content.decode()


def test_what_moderation_hid_is_gone_but_for_its_author(client, charter, client_of):
    post = PostFactory(title="Too much")
    hide_contribution(post, actor=MemberFactory(roles=["moderator"]))
    assert client.get(post.get_absolute_url()).status_code == 404
    assert "Too much" not in text_of(client, post.space.get_absolute_url())
    assert "out of sight" in text_of(client_of(post.author), post.get_absolute_url())


def test_related_posts_share_a_tag_and_may_be_read(client, charter):
    post = PostFactory(tags=["data"])
    PostFactory(title="Kin", tags=["data"])
    PostFactory(title="Distant", tags=["other"])
    PostFactory(title="Secret kin", tags=["data"], audience="network")
    page = text_of(client, post.get_absolute_url())
    assert "Kin" in page
    assert "Distant" not in page
    assert "Secret kin" not in page


def test_following_shows_and_can_be_undone(reader, client):
    blog = BlogFactory()
    PostFactory(space=blog)
    address = blog.get_absolute_url()
    assert "follow/" not in text_of(client, address)
    assert f"{address}follow/" in text_of(reader, address)
    for _time in range(2):
        assert reader.post(f"{address}follow/").url == address
    assert Membership.objects.filter(space=blog, role="follower").count() == 1
    assert f"{address}unfollow/" in text_of(reader, address)
    reader.post(f"{address}unfollow/")
    assert not Membership.objects.filter(space=blog, role="follower").exists()


def test_one_does_not_follow_ones_own_blog(charter, client_of):
    blog = BlogFactory()
    assert client_of(blog.owner).post(f"{blog.get_absolute_url()}follow/").status_code == 403


def test_feeds_hold_what_anyone_may_read(client, charter):
    blog = BlogFactory(title="In public")
    PostFactory(space=blog, title="For all", summary="In short")
    PostFactory(space=blog, title="For colleagues", audience="network")
    atom = client.get(f"{blog.get_absolute_url()}feed.xml")
    assert atom["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(atom.content)  # noqa: S314 (our own words)
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == ["For all"]
    answer = client.get(f"{blog.get_absolute_url()}feed.json")
    assert answer["Content-Type"] == "application/feed+json"
    assert [(item["title"], item["content_text"]) for item in answer.json()["items"]] == [
        ("For all", "In short")
    ]


def test_a_network_blog_has_no_feed_even_for_members(reader):
    blog = BlogFactory(visibility="network")
    for name in ("feed.xml", "feed.json"):
        assert reader.get(f"{blog.get_absolute_url()}{name}").status_code == 404


def test_a_former_handle_leads_to_the_blog_and_its_posts(client, charter):
    post = PostFactory(space__owner__handle="old-name", title="Ramps")
    change_handle(post.author, actor=post.author, handle="new-name")
    assert client.get("/blogs/old-name/").url == "/blogs/new-name/"
    assert client.get("/blogs/old-name/ramps/").url == "/blogs/new-name/ramps/"
    assert client.get("/blogs/new-name/ramps/").status_code == 200
    assert client.get("/blogs/old-name/nothing/", follow=True).status_code == 404


def test_what_is_not_there_is_not_found(client, charter):
    blog = BlogFactory()
    for address in ("/blogs/nobody/", "/blogs/nobody/post/", f"{blog.get_absolute_url()}nothing/"):
        assert client.get(address).status_code == 404
