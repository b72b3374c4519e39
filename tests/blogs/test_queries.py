"""What a page costs depends on what it shows, never on how much there is."""

import pytest

from tests.factories import BlogFactory, MemberFactory, PostFactory, ReplyFactory

pytestmark = pytest.mark.django_db
MOST = 12


def cost(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(MOST) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def add_blogs(number):
    for count in range(number):
        PostFactory(tags=["data", f"subject {count}"])


def add_posts(blog, number):
    for count in range(number):
        PostFactory(space=blog, tags=["data", f"subject {count}"])


def add_comments(post, number):
    for _count in range(number):
        ReplyFactory(root=post)


@pytest.fixture(params=["visitor", "member"])
def reader(request, charter, client, client_of):
    return client if request.param == "visitor" else client_of(MemberFactory())


def test_the_list_of_blogs(reader, django_assert_max_num_queries):
    add_blogs(2)
    few = cost(reader, "/blogs/", django_assert_max_num_queries)
    add_blogs(18)
    assert cost(reader, "/blogs/", django_assert_max_num_queries) == few


def test_a_blog(reader, django_assert_max_num_queries):
    blog = BlogFactory()
    add_posts(blog, 2)
    few = cost(reader, blog.get_absolute_url(), django_assert_max_num_queries)
    add_posts(blog, 18)
    assert cost(reader, blog.get_absolute_url(), django_assert_max_num_queries) == few


def test_a_post_with_its_comments(reader, django_assert_max_num_queries):
    post = PostFactory(tags=["data"])
    PostFactory(tags=["data"])
    add_comments(post, 2)
    few = cost(reader, post.get_absolute_url(), django_assert_max_num_queries)
    add_comments(post, 18)
    assert cost(reader, post.get_absolute_url(), django_assert_max_num_queries) == few


def test_feeds(client, charter, django_assert_max_num_queries):
    blog = BlogFactory()
    add_posts(blog, 2)
    for name in ("feed.xml", "feed.json"):
        assert cost(client, f"{blog.get_absolute_url()}{name}", django_assert_max_num_queries) <= 3
    add_posts(blog, 18)
    for name in ("feed.xml", "feed.json"):
        assert cost(client, f"{blog.get_absolute_url()}{name}", django_assert_max_num_queries) <= 3


def lead_on(post, blog, number):
    """Parts of its series in two languages, comments, and others under its tag."""
    for _count in range(number):
        part = PostFactory(space=blog, series=post.series, language="en")
        PostFactory(space=blog, series=post.series, language="fr", translation_of=part)
        PostFactory(tags=["data"])
    add_comments(post, number)


def test_a_post_in_a_series_with_translations_under_tags(reader, django_assert_max_num_queries):
    blog = BlogFactory()
    post = PostFactory(space=blog, tags=["data"], series="At the counter", language="en")
    PostFactory(space=blog, series=post.series, language="fr", translation_of=post)
    lead_on(post, blog, 2)
    few = cost(reader, post.get_absolute_url(), django_assert_max_num_queries)
    lead_on(post, blog, 18)
    assert cost(reader, post.get_absolute_url(), django_assert_max_num_queries) == few
