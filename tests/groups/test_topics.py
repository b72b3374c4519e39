import uuid

import pytest

from groups.models import Topic
from network.conversation.actions import lock_contribution, release_contribution
from network.conversation.models import Contribution, ReadingPosition
from tests.factories import InstitutionFactory, MembershipFactory, ReplyFactory, TopicFactory

FILLED_IN = {
    "title": "Which licence did you choose?",
    "type": "question",
    "body": "We hesitate between two.\n\nWhat about you?",
    "tags": "licences",
    "language": "en",
}


@pytest.fixture
def thinking(settings):
    """Nothing is released at once."""
    settings.RELEASE_DELAY = 10


@pytest.fixture
def at_once(settings):
    settings.RELEASE_DELAY = 0


@pytest.mark.parametrize("who", ["member", "facilitator", "owner"])
def test_a_member_starts_a_topic(client_for, make_group, at_once, page, who):
    group = make_group()
    response = client_for(who).post(f"/groups/{group.slug}/topics/new/", FILLED_IN, follow=True)
    topic = Topic.objects.get()
    assert response.redirect_chain[-1][0] == f"/groups/{group.slug}/topics/{topic.pk}/"
    assert (topic.type, topic.language, topic.released_at is not None) == ("question", "en", True)
    assert topic.body.replace("\n", "") == "<p>We hesitate between two.</p><p>What about you?</p>"
    assert [tag.name for tag in topic.tags.all()] == ["licences"]
    text = page(response)
    assert "Which licence did you choose?" in text
    assert "licences" in text


def test_for_ten_seconds_its_author_alone_sees_it_and_may_take_it_back(
    client_for, make_group, thinking, page
):
    group = make_group()
    client = client_for("member")
    text = page(client.post(f"/groups/{group.slug}/topics/new/", FILLED_IN, follow=True))
    topic = Topic.objects.get()
    assert "data-countdown=" in text
    assert f"/contributions/{topic.pk}/undo/" in text
    assert client_for("owner").get(topic.get_absolute_url()).status_code == 404
    response = client.post(f"/contributions/{topic.pk}/undo/", follow=True)
    assert response.redirect_chain[-1][0] == f"/groups/{group.slug}/topics/new/?draft={topic.pk}"
    assert "Which licence did you choose?" in page(response)


def test_a_draft_is_taken_up_and_posted_as_the_same_topic(client_for, make_group, member, at_once):
    group = make_group()
    draft = TopicFactory(space=group, author=member, title="Half a thought", draft=True)
    client = client_for("member")
    assert client.get(draft.get_absolute_url()).url == f"/groups/{group.slug}/topics/new/?draft={draft.pk}"
    client.post(f"/groups/{group.slug}/topics/new/", FILLED_IN | {"draft": draft.pk})
    topic = Topic.objects.get()
    assert (topic.pk, topic.title, topic.type) == (draft.pk, FILLED_IN["title"], "question")
    assert topic.released_at


def test_nobody_takes_up_the_draft_of_another(client_for, make_group, owner, at_once, page):
    group = make_group()
    draft = TopicFactory(space=group, author=owner, title="Planted title", draft=True)
    client = client_for("member")
    assert "Planted title" not in page(client.get(f"/groups/{group.slug}/topics/new/", {"draft": draft.pk}))
    client.post(f"/groups/{group.slug}/topics/new/", FILLED_IN | {"draft": draft.pk})
    draft.refresh_from_db()
    assert (draft.title, Topic.objects.count()) == ("Planted title", 2)


def test_the_form_sent_twice_is_one_topic(client_for, make_group, at_once):
    group = make_group()
    client = client_for("member")
    sent = FILLED_IN | {"submission": str(uuid.uuid4())}
    first, second = (client.post(f"/groups/{group.slug}/topics/new/", sent) for _ in range(2))
    assert first.url == second.url
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("missing", ["title", "body"])
def test_a_mistake_loses_nothing_that_was_typed(client_for, make_group, page, missing):
    group = make_group()
    text = page(client_for("member").post(f"/groups/{group.slug}/topics/new/", FILLED_IN | {missing: ""}))
    assert "Please check what you filled in" in text
    for name in {"title", "body", "tags"} - {missing}:
        assert FILLED_IN[name].split("\n")[0] in text
    assert not Topic.objects.exists()


@pytest.mark.parametrize(("who", "words"), [("stranger", "Join the group"), ("pending", "verified yet")])
def test_others_are_told_why_they_start_no_topic(client_for, make_group, page, who, words):
    group = make_group()
    client = client_for(who)
    assert words in page(client.get(f"/groups/{group.slug}/topics/new/", follow=True))
    text = page(client.post(f"/groups/{group.slug}/topics/new/", FILLED_IN))
    assert words in text
    assert FILLED_IN["title"] in text
    assert not Topic.objects.exists()


def test_a_visitor_logs_in_first_and_finds_the_words_again(visitor, make_group, member, page):
    group = make_group()
    response = visitor.post(f"/groups/{group.slug}/topics/new/", FILLED_IN)
    assert response.url.startswith("/accounts/login/")
    visitor.force_login(member)
    assert FILLED_IN["title"] in page(visitor.get(f"/groups/{group.slug}/topics/new/"))


@pytest.mark.parametrize(("who", "may"), [("member", False), ("facilitator", True), ("owner", True)])
def test_announcements_are_for_those_who_keep_order(client_for, make_group, at_once, page, who, may):
    group = make_group()
    client = client_for(who)
    assert ('value="announcement"' in page(client.get(f"/groups/{group.slug}/topics/new/"))) == may
    client.post(f"/groups/{group.slug}/topics/new/", FILLED_IN | {"type": "announcement"})
    assert Topic.objects.filter(type="announcement").exists() == may


def test_only_spokespeople_are_offered_to_speak_for_their_institution(
    client_for, make_group, member, at_once, page
):
    group = make_group()
    institution = InstitutionFactory(name_en="City of Testing", spokespeople=[member])
    text = page(client_for("member").get(f"/groups/{group.slug}/topics/new/"))
    assert "On behalf of City of Testing" in text
    assert "On behalf of" not in page(client_for("owner").get(f"/groups/{group.slug}/topics/new/"))
    sent = FILLED_IN | {"capacity": str(institution.pk)}
    client_for("owner").post(f"/groups/{group.slug}/topics/new/", sent)
    assert Topic.objects.get().capacity == "personal"
    text = page(client_for("member").post(f"/groups/{group.slug}/topics/new/", sent, follow=True))
    assert Topic.objects.latest("pk").institution == institution
    assert "member-chip--institution" in text


@pytest.mark.parametrize(
    ("visibility", "words"),
    [
        ("public", "Anyone on the web will be able to read this"),
        ("network", "Verified members of the network will read this"),
        ("private", "Members of this private group alone"),
        ("hidden", "Members of this hidden group alone"),
    ],
)
def test_the_form_says_who_will_read(client_for, make_group, page, visibility, words):
    group = make_group(visibility=visibility)
    assert words in page(client_for("member").get(f"/groups/{group.slug}/topics/new/"))


# Reading


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"visitor", "pending", "stranger", "member"}),
        ("network", {"stranger", "member"}),
        ("private", {"member"}),
        ("hidden", {"member"}),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "pending", "stranger", "member"])
def test_who_may_read_a_topic(client_for, make_group, owner, visibility, readers, who):
    group = make_group(visibility=visibility)
    topic = TopicFactory(space=group, author=owner)
    response = client_for(who).get(topic.get_absolute_url())
    assert response.status_code == (200 if who in readers else 404)


def test_a_topic_stands_in_its_own_group_alone_and_other_addresses_lead_there(visitor, make_group, owner):
    topic = TopicFactory(space=make_group(), author=owner)
    assert visitor.get(f"/groups/{make_group().slug}/topics/{topic.pk}/").url == topic.get_absolute_url()
    secret = TopicFactory(space=make_group(visibility="private"), author=owner)
    assert visitor.get(f"/groups/{make_group().slug}/topics/{secret.pk}/").status_code == 404


def test_the_page_says_where_it_stands(visitor, make_group, owner, page):
    topic = TopicFactory(space=make_group(title="Open source"), author=owner, title="Which licence?")
    text = page(visitor.get(topic.get_absolute_url()))
    assert "<title>Which licence? · Open source · Boucle</title>" in text
    assert f'<a href="/groups/{topic.space.slug}/">Open source</a>' in text


def test_replies_come_twenty_at_a_time_and_a_link_to_one_finds_it(visitor, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner)
    for _ in range(25):
        ReplyFactory(root=topic, author=owner)
    first = page(visitor.get(topic.get_absolute_url()))
    assert 'id="reply-20"' in first
    assert 'id="reply-21"' not in first
    second = page(visitor.get(topic.get_absolute_url(), {"from": 21}))
    assert 'id="reply-21"' in second
    assert 'id="reply-25"' in second
    assert 'id="reply-20"' not in second


@pytest.mark.parametrize("start", ["x", "-3", "0", "99999"])
def test_a_number_that_makes_no_sense_breaks_nothing(visitor, make_group, owner, page, start):
    topic = TopicFactory(space=make_group(), author=owner, title="Which licence?")
    assert "Which licence?" in page(visitor.get(topic.get_absolute_url(), {"from": start}))


def test_opening_a_topic_marks_what_it_shows_as_read(client_for, make_group, owner, member):
    topic = TopicFactory(space=make_group(), author=owner)
    ReplyFactory(root=topic, author=owner)
    client_for("member").get(topic.get_absolute_url())
    assert ReadingPosition.objects.get(member=member, root=topic).number == 1


def test_a_correction_shows_with_a_link_to_what_changed(client_for, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner, body="<p>Ten euros.</p>")
    client_for("owner").post(
        f"/contributions/{topic.pk}/edit/",
        {"title": topic.title, "body": "Twelve euros.", "tags": "", "seen": "", "reason": "Wrong sum"},
    )
    text = page(client_for("visitor").get(topic.get_absolute_url()))
    assert "Twelve euros." in text
    assert f"/contributions/{topic.pk}/history/" in text


def test_others_may_report_a_topic_and_its_author_may_not(client_for, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner)
    report = f"/contributions/{topic.pk}/report/"
    assert report in page(client_for("visitor").get(topic.get_absolute_url()))
    assert report in page(client_for("member").get(topic.get_absolute_url()))
    assert report not in page(client_for("owner").get(topic.get_absolute_url()))


def test_a_topic_out_of_sight_is_shown_to_its_author_alone_with_why(client_for, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner)
    Contribution.objects.filter(pk=topic.pk).update(moderation="hidden")
    assert client_for("member").get(topic.get_absolute_url()).status_code == 404
    assert "out of sight" in page(client_for("owner").get(topic.get_absolute_url()))


# Replying


def test_a_member_replies_at_the_address_of_the_topic(client_for, make_group, owner, at_once, page):
    topic = TopicFactory(space=make_group(), author=owner)
    client = client_for("member")
    response = client.post(topic.get_absolute_url(), {"body": "The EUPL.", "language": "en"})
    assert response.status_code == 302
    assert response.url.endswith("#reply-1")
    assert "The EUPL." in page(client_for("visitor").get(topic.get_absolute_url()))


def test_an_empty_reply_is_refused_politely(client_for, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner)
    text = page(client_for("member").post(topic.get_absolute_url(), {"body": "", "language": "en"}))
    assert "Please check what you filled in" in text


@pytest.mark.parametrize(("who", "words"), [("stranger", "Join the group"), ("pending", "verified yet")])
def test_others_are_told_why_they_do_not_reply(client_for, make_group, owner, page, who, words):
    topic = TopicFactory(space=make_group(), author=owner)
    client = client_for(who)
    assert words in page(client.get(topic.get_absolute_url()))
    client.post(topic.get_absolute_url(), {"body": "The EUPL.", "language": "en"})
    assert not Contribution.objects.filter(root=topic).exists()


def test_a_visitor_who_replies_logs_in_and_finds_the_words_again(visitor, make_group, owner, member, page):
    topic = TopicFactory(space=make_group(), author=owner)
    response = visitor.post(topic.get_absolute_url(), {"body": "The EUPL.", "language": "en"})
    assert response.url == f"/accounts/login/?next={topic.get_absolute_url()}"
    visitor.force_login(member)
    assert "The EUPL." in page(visitor.get(topic.get_absolute_url()))


def test_a_reply_that_comes_too_late_is_kept(client_for, make_group, owner, page):
    topic = TopicFactory(space=make_group(), author=owner)
    lock_contribution(topic, actor=owner)
    client = client_for("member")
    text = page(client.post(topic.get_absolute_url(), {"body": "The EUPL.", "language": "en"}, follow=True))
    assert "This discussion is closed" in text
    lock_contribution(topic, actor=owner, locked=False)
    assert "The EUPL." in page(client.get(topic.get_absolute_url()))


@pytest.mark.parametrize("state", ["locked", "archived"])
def test_a_closed_topic_says_so_and_takes_no_reply(client_for, make_group, owner, page, state):
    group = make_group()
    topic = TopicFactory(space=group, author=owner)
    if state == "locked":
        lock_contribution(topic, actor=owner)
    else:
        client_for("owner").post(f"/groups/{group.slug}/settings/archive/", {"archived": "yes"})
    client = client_for("member")
    text = page(client.get(topic.get_absolute_url()))
    assert "nothing can be added" in text
    assert "<textarea" not in text
    client.post(topic.get_absolute_url(), {"body": "The EUPL.", "language": "en"})
    assert not Contribution.objects.filter(root=topic).exists()


def test_who_was_put_out_meanwhile_releases_nothing(client_for, make_group, member, thinking):
    group = make_group()
    client_for("member").post(f"/groups/{group.slug}/topics/new/", FILLED_IN)
    client_for("facilitator").post(f"/groups/{group.slug}/members/mia/remove/", {"reason": "Adverts."})
    topic = Contribution.objects.get()
    release_contribution(topic, now=topic.published_at)
    topic.refresh_from_db()
    assert (topic.released_at, topic.published_at) == (None, None)


def test_a_banned_member_does_not_reply(client_for, make_group, owner, stranger, page):
    group = make_group()
    topic = TopicFactory(space=group, author=owner)
    MembershipFactory(space=group, member=stranger, state="banned")
    assert "closed this group to you" in page(client_for("stranger").get(topic.get_absolute_url()))
