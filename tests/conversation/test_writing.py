"""What one says, corrects and throws away: at the doors that topics, posts and replies share."""

import pytest
from django.utils import timezone

from network.conversation.models import Bookmark, Contribution, Edit, Membership, Reaction
from network.notifications.models import Notification
from tests.factories import InstitutionFactory, MemberFactory, PostFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db


def _edit(client, contribution, **data):
    data = {
        "body": "<p>Corrected words.</p>",
        "body_format": "html",
        "seen": contribution.edited_at.isoformat() if contribution.edited_at else "",
    } | data
    if not contribution.is_reply:
        data = {"title": contribution.title, "tags": ""} | data
    return client.post(f"/contributions/{contribution.pk}/edit/", data)


def test_the_short_address_leads_to_the_reply_in_its_thread(client_of):
    reply = ReplyFactory()
    response = client_of(MemberFactory()).get(f"/contributions/{reply.pk}/")
    assert response.url == f"{reply.root.get_absolute_url()}?from=1#reply-1"


def test_the_short_address_of_something_hidden_from_the_reader_is_not_found(client_of):
    reply = ReplyFactory(root__space__visibility="private")
    assert client_of(MemberFactory()).get(f"/contributions/{reply.pk}/").status_code == 404


def test_an_author_corrects_a_reply_and_readers_see_what_changed(client_of):
    reply = ReplyFactory(body="<p>The price is 10 euros.</p>")
    response = _edit(
        client_of(reply.author), reply, body="<p>The price is 12 euros.</p>", reason="I misread the offer"
    )
    assert response.status_code == 302
    page = client_of(MemberFactory()).get(f"/contributions/{reply.pk}/history/").content.decode()
    assert "<del>The price is 10 euros.</del>" in page
    assert "<ins>The price is 12 euros.</ins>" in page
    assert "I misread the offer" in page


def test_nobody_corrects_the_words_of_another_superusers_included(client_of):
    reply = ReplyFactory()
    for member in (MemberFactory(), MemberFactory(superuser=True), MemberFactory(roles=["moderator"])):
        assert _edit(client_of(member), reply).status_code == 403
    assert not Edit.objects.exists()


def test_who_no_longer_speaks_for_an_institution_does_not_change_its_words(client_of):
    institution = InstitutionFactory()
    author = MemberFactory(institution=institution)
    institution.spokespeople.add(author)
    topic = TopicFactory(author=author, capacity="institution", institution=institution)
    assert _edit(client_of(author), topic).status_code == 302
    institution.spokespeople.remove(author)
    topic.refresh_from_db()
    refused = _edit(client_of(author), topic, body="<p>The house says otherwise.</p>")
    assert refused.status_code == 403
    topic.refresh_from_db()
    assert "otherwise" not in topic.body


def test_who_was_put_out_of_a_group_changes_nothing_there(client_of):
    reply = ReplyFactory(root__space__visibility="public")
    Membership.objects.filter(member=reply.author, space=reply.space).update(state="banned")
    assert _edit(client_of(reply.author), reply).status_code == 403
    Membership.objects.filter(member=reply.author, space=reply.space).delete()
    assert _edit(client_of(reply.author), reply).status_code == 302


def test_a_correction_that_changes_nothing_leaves_no_trace(client_of):
    reply = ReplyFactory(body="<p>Same.</p>")
    _edit(client_of(reply.author), reply, body="<p>Same.</p>")
    reply.refresh_from_db()
    assert reply.edited_at is None and not Edit.objects.exists()


def test_a_correction_made_in_two_windows_shows_the_conflict_and_loses_nothing(client_of):
    reply = ReplyFactory()
    client = client_of(reply.author)
    _edit(client, reply, body="<p>From the first window.</p>")
    response = _edit(client, reply, body="<p>From the second window.</p>")
    assert response.status_code == 200
    page = response.content.decode()
    assert "changed meanwhile" in page and "From the second window." in page


def test_only_a_correction_marked_as_substantive_tells_those_who_replied(client_of):
    topic = TopicFactory()
    reply = ReplyFactory(root=topic)
    client = client_of(topic.author)
    _edit(client, topic, body="<p>A typo is mended.</p>")
    assert not Notification.objects.filter(kind="correction").exists()
    topic.refresh_from_db()
    _edit(client, topic, body="<p>The date is another one.</p>", substantive="on")
    assert Notification.objects.get(kind="correction").recipient == reply.author


def test_without_scripts_unchanged_words_keep_their_form(client_of):
    reply = ReplyFactory(body="<p>Words with <strong>weight</strong>.</p>")
    _edit(client_of(reply.author), reply, body="Words with weight.", body_format="plain")
    reply.refresh_from_db()
    assert "<strong>" in reply.body and reply.edited_at is None


def test_an_empty_correction_is_refused_in_words(client_of):
    reply = ReplyFactory()
    response = _edit(client_of(reply.author), reply, body="<p></p>")
    assert response.status_code == 200
    assert "Please fill this in" in response.content.decode()


def test_a_hidden_contribution_hides_its_history_too(client_of):
    reply = ReplyFactory()
    _edit(client_of(reply.author), reply)
    Contribution.objects.filter(pk=reply.pk).update(moderation="hidden")
    assert client_of(MemberFactory()).get(f"/contributions/{reply.pk}/history/").status_code == 404


def test_taking_back_gives_the_words_back_in_the_reply_form(client_of):
    reply = ReplyFactory(waiting=True, body="<p>Said too fast.</p>")
    client = client_of(reply.author)
    response = client.post(f"/contributions/{reply.pk}/undo/", follow=True)
    assert "Taken back" in response.content.decode()
    assert "Said too fast." in response.content.decode()
    reply.refresh_from_db()
    assert reply.is_draft


def test_after_its_release_it_is_too_late_to_take_back(client_of):
    reply = ReplyFactory()
    response = client_of(reply.author).post(f"/contributions/{reply.pk}/undo/", follow=True)
    assert "released already" in response.content.decode()
    reply.refresh_from_db()
    assert reply.released_at


def test_nobody_takes_back_the_words_of_another(client_of):
    reply = ReplyFactory(waiting=True)
    assert client_of(MemberFactory()).post(f"/contributions/{reply.pk}/undo/").status_code == 404


def test_the_countdown_of_the_author_releases_what_is_due(client_of):
    reply = ReplyFactory(waiting=True)
    client = client_of(reply.author)
    client.post(f"/contributions/{reply.pk}/release/")
    reply.refresh_from_db()
    assert reply.released_at is None
    Contribution.objects.filter(pk=reply.pk).update(published_at=timezone.now())
    response = client.post(f"/contributions/{reply.pk}/release/", headers={"HX-Request": "true"})
    assert 'id="reply-1"' in response.content.decode()


def test_the_countdown_of_a_topic_leads_to_its_whole_page(client_of):
    topic = TopicFactory(waiting=True)
    Contribution.objects.filter(pk=topic.pk).update(published_at=timezone.now())
    response = client_of(topic.author).post(
        f"/contributions/{topic.pk}/release/", headers={"HX-Request": "true"}
    )
    assert response.headers["HX-Redirect"] == topic.get_absolute_url()
    topic.refresh_from_db()
    assert topic.released_at


def test_nobody_releases_the_words_of_another(client_of):
    reply = ReplyFactory(waiting=True)
    Contribution.objects.filter(pk=reply.pk).update(published_at=timezone.now())
    assert client_of(MemberFactory()).post(f"/contributions/{reply.pk}/release/").status_code == 404


def test_useful_is_said_once_and_taken_back_by_saying_it_again(client_of):
    reply = ReplyFactory()
    client = client_of(MemberFactory())
    client.post(f"/contributions/{reply.pk}/react/", {"kind": "useful"})
    reply.refresh_from_db()
    assert (reply.reaction_count, Reaction.objects.count()) == (1, 1)
    client.post(f"/contributions/{reply.pk}/react/", {"kind": "useful"})
    reply.refresh_from_db()
    assert (reply.reaction_count, Reaction.objects.count()) == (0, 0)


def test_one_does_not_praise_ones_own_words_nor_without_being_verified(client_of):
    reply = ReplyFactory()
    for member in (reply.author, MemberFactory(pending=True)):
        assert client_of(member).post(f"/contributions/{reply.pk}/react/").status_code == 403


def test_a_bookmark_is_kept_and_let_go(client_of):
    post = PostFactory()
    client = client_of(MemberFactory())
    client.post(f"/contributions/{post.pk}/bookmark/")
    assert Bookmark.objects.count() == 1
    client.post(f"/contributions/{post.pk}/bookmark/")
    assert Bookmark.objects.count() == 0


@pytest.mark.parametrize("verb", ["edit", "undo", "release", "react", "bookmark", "delete"])
def test_a_visitor_is_sent_to_log_in_first(client, verb):
    reply = ReplyFactory()
    response = client.post(f"/contributions/{reply.pk}/{verb}/", {"body": "What I typed"})
    assert response.url == f"/accounts/login/?next=/contributions/{reply.pk}/{verb}/"


def test_what_was_typed_before_an_expired_session_is_there_after_logging_in(client):
    reply = ReplyFactory()
    client.post(f"/contributions/{reply.pk}/edit/", {"body": "Typed for an hour", "body_format": "plain"})
    client.force_login(reply.author)
    page = client.get(f"/contributions/{reply.pk}/edit/").content.decode()
    assert "Typed for an hour" in page


def test_a_draft_is_thrown_away_by_its_author_alone(client_of):
    topic = TopicFactory(draft=True)
    assert client_of(MemberFactory()).post(f"/contributions/{topic.pk}/delete/").status_code == 404
    client_of(topic.author).post(f"/contributions/{topic.pk}/delete/")
    assert not Contribution.objects.drafts_of(topic.author).exists()
