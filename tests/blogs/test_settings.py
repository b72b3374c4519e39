"""Changing a blog: its owner alone, and never so that words reach more people than they were written for."""

import pytest

from tests.factories import BlogFactory, MemberFactory, PostFactory, ReplyFactory

pytestmark = pytest.mark.django_db


def said(**changes):
    return {
        "title": "Renamed",
        "description": "About ramps.",
        "visibility": "public",
        "languages": ["fr", "en"],
        "tags": "access",
    } | changes


def test_its_owner_changes_the_presentation(charter, client, client_of):
    blog = BlogFactory()
    own = client_of(blog.owner)
    address = f"{blog.get_absolute_url()}settings/"
    assert blog.title in own.get(address).content.decode()
    assert own.post(address, said()).url == blog.get_absolute_url()
    page = client.get(blog.get_absolute_url()).content.decode()
    for words in ("Renamed", "About ramps.", "access"):
        assert words in page


def test_nobody_else_changes_it(charter, client, client_of):
    blog = BlogFactory(title="Mine")
    address = f"{blog.get_absolute_url()}settings/"
    assert client.get(address).status_code == 302
    for other in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["moderator"])):
        assert client_of(other).get(address).status_code == 403
        assert client_of(other).post(address, said()).status_code == 403
    blog.refresh_from_db()
    assert blog.title == "Mine"


def test_what_is_wrong_is_said_and_what_was_typed_stays(charter, client_of):
    blog = BlogFactory()
    answer = client_of(blog.owner).post(
        f"{blog.get_absolute_url()}settings/", said(title="", description="Kept")
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Please check what you filled in" in page
    assert "Kept" in page


def test_opening_a_blog_to_the_web_opens_nothing_that_was_said_before(charter, client, client_of):
    blog = BlogFactory(visibility="network")
    post = PostFactory(space=blog, title="Among colleagues")
    ReplyFactory(root=post, body="<p>Between us</p>")
    own, colleague = client_of(blog.owner), client_of(MemberFactory())
    own.post(f"{blog.get_absolute_url()}settings/", said())
    assert client.get(blog.get_absolute_url()).status_code == 200
    assert client.get(post.get_absolute_url()).status_code == 404
    assert "Among colleagues" not in client.get(blog.get_absolute_url()).content.decode()
    assert "Between us" in colleague.get(post.get_absolute_url()).content.decode()
    later = PostFactory(space=blog, title="For all")
    assert client.get(later.get_absolute_url()).status_code == 200


def test_closing_a_blog_to_the_web_closes_all_of_it(charter, client, client_of):
    blog = BlogFactory()
    post = PostFactory(space=blog)
    client_of(blog.owner).post(f"{blog.get_absolute_url()}settings/", said(visibility="network"))
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(f"{blog.get_absolute_url()}feed.xml").status_code == 404
