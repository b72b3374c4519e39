"""Publishing: seen before, planned, taken back, moved to another address, told once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from blogs.models import Post
from groups.models import Group
from network.conversation.actions import follow_space, release_contribution
from network.conversation.models import Contribution, Space
from network.conversation.tasks import release_due
from network.notifications.models import Notification
from tests.factories import BlogFactory, GroupFactory, MemberFactory, PostFactory, ReplyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(charter):
    return MemberFactory(name="Amina El Idrissi", handle="amina", time_zone="Europe/Lisbon")


@pytest.fixture
def own(client_of, amina):
    return client_of(amina)


@pytest.fixture
def blog(amina):
    return BlogFactory(owner=amina)


def words(**changes):
    return {
        "title": "What I learnt",
        "body": "Some words.",
        "language": "en",
        "audience": "space",
        "publish": "1",
    } | changes


def local(moment, zone="Europe/Lisbon"):
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def test_a_preview_shows_the_post_to_its_author_alone(own, blog, client, client_of):
    answer = own.post("/write/", {k: v for k, v in words(preview="1").items() if k != "publish"})
    assert answer.url == "/blogs/amina/what-i-learnt/"
    page = own.get(answer.url).content.decode()
    assert "A preview: you alone see this." in page
    assert '<div class="prose post__body" lang="en"><p>Some words.</p></div>' in page
    for other in (client, client_of(MemberFactory()), client_of(MemberFactory(superuser=True))):
        assert other.get(answer.url).status_code == 404


def test_a_post_is_planned_in_the_time_zone_of_its_author_and_goes_out_once(own, blog, amina, client):
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    reader = MemberFactory()
    follow_space(blog.space_ptr, actor=reader)
    address = own.post("/write/", words(at=local(at))).url
    post = Post.objects.get()
    assert (post.published_at, post.released_at) == (at, None)
    page = own.get(address).content.decode()
    assert "To be published on" in page
    assert "data-countdown=" not in page
    assert f'value="{local(at)}"' in page
    assertContains(own.get("/me/drafts/"), "To be published")
    release_due()
    assert client.get(address).status_code == 404
    # The scheduler was down at the hour: it goes out when it's back, once.
    Contribution.objects.filter(pk=post.pk).update(published_at=timezone.now() - timedelta(hours=3))
    for _time in range(2):
        release_due()
    assert client.get(address).status_code == 200
    assert Space.objects.get(pk=blog.pk).root_count == 1


def test_a_moment_that_is_over_or_too_far_is_refused_and_nothing_is_lost(own, blog):
    for at in (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=500)):
        page = own.post("/write/", words(at=local(at))).content.decode()
        assert "Please check what you filled in" in page
        assert "Some words." in page
    assertContains(own.post("/write/", words(at="soon")), "Please check what you filled in")
    assert not Post.objects.exists()


def test_the_moment_can_be_changed_and_given_up(own, blog, client_of):
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    address = own.post("/write/", words(at=local(at))).url
    post = Post.objects.get()
    later = at + timedelta(days=1)
    assert client_of(MemberFactory()).post(f"{address}reschedule/", {"at": local(later)}).status_code == 404
    own.post(f"{address}reschedule/", {"at": local(later)})
    post.refresh_from_db()
    assert post.published_at == later
    assertContains(
        own.post(f"{address}reschedule/", {"at": local(at - timedelta(days=9))}, follow=True), "over"
    )
    own.post(f"/contributions/{post.pk}/undo/")
    post.refresh_from_db()
    assert post.is_draft
    assert own.post(f"{address}reschedule/", {"at": local(later)}).status_code == 403


def _planned(own, amina, **changes):
    own.post("/write/", words(at=local(timezone.now() + timedelta(days=2)), **changes))
    post = Post.objects.get()
    Contribution.objects.filter(pk=post.pk).update(published_at=timezone.now())
    return post


def test_who_was_suspended_publishes_nothing_and_keeps_the_draft(own, amina, blog):
    post = _planned(own, amina)
    amina.status, amina.suspended_until = "suspended", timezone.now() + timedelta(days=7)
    amina.save(update_fields=["status", "suspended_until"])
    release_due()
    post.refresh_from_db()
    assert (post.published_at, post.released_at) == (None, None)
    assert Notification.objects.filter(recipient=amina, contribution=post).count() == 1


@pytest.mark.parametrize("happened", ["archived", "left"])
def test_a_post_for_a_group_that_is_no_audience_any_more_stays_a_draft(own, amina, blog, happened):
    group = GroupFactory(members=[amina])
    post = _planned(own, amina, audience=f"group-{group.pk}")
    if happened == "archived":
        Group.objects.filter(pk=group.pk).update(archived_at=timezone.now())
    else:
        group.memberships.all().delete()
    release_due()
    post.refresh_from_db()
    assert post.is_draft
    assert Notification.objects.filter(recipient=amina, contribution=post).count() == 1


def test_a_post_taken_back_is_a_draft_and_its_address_says_so(own, blog, client, client_of):
    post = PostFactory(space=blog, title="Ramps", tags=["access"])
    ReplyFactory(root=post)
    address, when = post.get_absolute_url(), post.released_at
    assert client_of(MemberFactory()).post(f"{address}withdraw/").status_code == 403
    assert client.post(f"{address}withdraw/").url.startswith("/accounts/login/")
    assert own.post(f"{address}withdraw/").url == f"/write/?draft={post.pk}"
    gone = client.get(address)
    assert gone.status_code == 410
    assertContains(gone, "Taken back by its author", status_code=410)
    assertNotContains(gone, "Ramps", status_code=410)
    assertNotContains(client.get(blog.get_absolute_url()), "Ramps")
    assert Space.objects.get(pk=blog.pk).root_count == 0
    assert own.get(address).status_code == 200
    # Published again it stands where it stood, under the same address, and nobody is told twice.
    notified = Notification.objects.count()
    own.post("/write/", words(draft=post.pk, version=post.version, title="Ramps and lifts"))
    release_contribution(post, now=timezone.now() + timedelta(minutes=1))
    post.refresh_from_db()
    assert (post.released_at, post.get_absolute_url()) == (when, address)
    assertContains(client.get(address), "Ramps and lifts")
    assert Notification.objects.count() == notified
    assert Space.objects.get(pk=blog.pk).root_count == 1


def test_a_post_of_a_closed_audience_taken_back_says_nothing_to_others(own, blog, amina, client):
    post = PostFactory(space=blog, audience="network")
    own.post(f"{post.get_absolute_url()}withdraw/")
    assert client.get(post.get_absolute_url()).status_code == 404


def test_what_the_moderators_hold_is_not_taken_back(own, blog):
    post = PostFactory(space=blog)
    Contribution.objects.filter(pk=post.pk).update(moderation="hidden")
    assert own.post(f"{post.get_absolute_url()}withdraw/").status_code == 403


def _options(post, **changes):
    return {"slug": post.slug, "series": "", "translation_of": ""} | changes


def test_a_changed_address_leads_to_the_new_one(own, blog, client, client_of):
    post = PostFactory(space=blog, title="Ramps")
    address = post.get_absolute_url()
    assert client_of(MemberFactory()).get(f"{address}options/").status_code == 403
    assert client_of(MemberFactory()).post(f"{address}options/", _options(post, slug="x")).status_code == 403
    assertContains(own.get(f"{address}options/"), 'value="ramps"')
    assert own.post(f"{address}options/", _options(post, slug="lifts")).url == "/blogs/amina/lifts/"
    moved = client.get(address)
    assert (moved.status_code, moved.url) == (301, "/blogs/amina/lifts/")
    own.post("/blogs/amina/lifts/options/", _options(post, slug="ramps"))
    assert client.get("/blogs/amina/lifts/").url == "/blogs/amina/ramps/"
    assert client.get(address).status_code == 200


def test_two_posts_never_have_one_address(own, blog):
    post, other = PostFactory(space=blog, title="Ramps"), PostFactory(space=blog, title="Lifts")
    for slug in (other.slug, "settings"):
        page = own.post(f"{post.get_absolute_url()}options/", _options(post, slug=slug))
        assertContains(page, "Another post of your blog has this address.")
    assertContains(own.post(f"{post.get_absolute_url()}options/", _options(post, slug="a b")), "Please check")
    post.refresh_from_db()
    assert post.slug == "ramps"


def test_the_former_address_of_what_is_closed_leads_nowhere(own, blog, client):
    post = PostFactory(space=blog, title="Ramps", audience="network")
    own.post(f"{post.get_absolute_url()}options/", _options(post, slug="lifts"))
    assert client.get("/blogs/amina/ramps/").status_code == 404


def test_the_author_closes_and_opens_the_comments(own, blog, client_of):
    post = PostFactory(space=blog)
    address, reader = post.get_absolute_url(), client_of(MemberFactory())
    own.post(f"{address}options/", _options(post, replies_closed="on"))
    reader.post(address, {"body": "Too late", "language": "en"})
    assert not Contribution.objects.filter(kind="reply").exists()
    assertContains(reader.get(address), "takes no more replies")
    own.post(f"{address}options/", _options(post))
    reader.post(address, {"body": "In time", "language": "en"})
    assert Contribution.objects.filter(kind="reply").count() == 1


@pytest.mark.parametrize("title", ["مرحبا بالعالم", "שלום", "🚲🚲🚲", "🧑🏽‍🦽 naar de Dienst", "‮evil"])
def test_titles_of_every_script_have_an_address(own, blog, client, title, settings):
    settings.RELEASE_DELAY = 0
    address = own.post("/write/", words(title=title)).url
    assertContains(client.get(address), title)


def test_publishing_twice_publishes_once(own, blog, settings):
    settings.RELEASE_DELAY = 0
    draft = PostFactory(draft=True, space=blog, title="Plan")
    sent = words(draft=draft.pk, version=draft.version, submission="0b0ff1c0-0000-4000-8000-000000000001")
    first, second = own.post("/write/", sent), own.post("/write/", sent)
    assert first.url == second.url
    assert Post.objects.count() == 1


def test_what_matters_in_the_charter_is_shown_until_the_first_post(own, amina, charter):
    assertContains(own.get("/write/"), "/charter/#discretion")
    PostFactory(space=BlogFactory(owner=amina))
    assertNotContains(own.get("/write/"), "/charter/#discretion")


def test_an_address_of_another_zone_is_read_there(own, blog):
    at = datetime(timezone.now().year + 1, 1, 15, 9, 30)
    own.post("/write/", words(at=at.strftime("%Y-%m-%dT%H:%M")))
    assert Post.objects.get().published_at == at.replace(tzinfo=ZoneInfo("Europe/Lisbon"))
