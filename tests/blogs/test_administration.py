"""In the administration blogs and posts are looked at, by those who may read them, and changed by nobody."""

import pytest

from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory

pytestmark = pytest.mark.django_db
BLOGS, POSTS = "/admin/administration_blogs/", "/admin/administration_posts/"


@pytest.fixture(params=["administrator", "moderator"])
def official(request, charter, client_of):
    return client_of(MemberFactory(roles=[request.param]))


def test_they_are_listed_and_inspected(official):
    post = PostFactory(title="Ramps", body="<p>Steep ones.</p>")
    assert post.space.title in official.get(BLOGS).content.decode()
    assert "Ramps" in official.get(POSTS).content.decode()
    assert "Steep ones." in official.get(f"{POSTS}inspect/{post.pk}/").content.decode()
    assert official.get(f"{BLOGS}inspect/{post.space_id}/").status_code == 200


def test_nothing_is_added_changed_or_deleted(charter, client_of):
    root = client_of(MemberFactory(superuser=True, roles=["administrator"]))
    post = PostFactory()
    for address in ("new/", f"edit/{post.pk}/", f"delete/{post.pk}/"):
        assert root.get(f"{POSTS}{address}").status_code in (302, 404)
        assert root.post(f"{POSTS}{address}", {"title": "Changed"}).status_code in (302, 404)
    post.refresh_from_db()
    assert post.title != "Changed"


def test_posts_for_a_group_stay_in_it(official):
    owner = MemberFactory()
    group = GroupFactory(title="Crisis cell", visibility="hidden", members=[owner])
    blog = BlogFactory(owner=owner)
    post = PostFactory(space=blog, title="For the cell", audience="group", audience_space=group.space_ptr)
    draft = PostFactory(space=blog, title="Unfinished", draft=True)
    page = official.get(POSTS).content.decode()
    for words in ("For the cell", "Crisis cell", "Unfinished"):
        assert words not in page
    for hidden in (post, draft):
        assert official.get(f"{POSTS}inspect/{hidden.pk}/").status_code == 404


def test_members_have_no_such_list(charter, client_of):
    member = client_of(MemberFactory())
    for address in (BLOGS, POSTS):
        assert member.get(address).status_code in (302, 403)
    editor = client_of(MemberFactory(roles=["editor"]))
    assert editor.get(POSTS).status_code in (302, 403)
