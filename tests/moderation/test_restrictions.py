"""A member restricted in posting: nothing, a few texts a day, or what is looked at first."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from network.conversation.permissions import can_contribute, can_reply
from network.members.models import Member
from network.moderation import actions
from network.moderation.models import Sanction
from network.moderation.permissions import can_review_held
from network.notifications.models import OutboxMail
from network.pages.models import NetworkSettings
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db


def restricted(kind, days=7):
    return {
        "kind": "restricted",
        "ends_at": timezone.now() + timezone.timedelta(days=days),
        "urgency": "",
        "restriction": kind,
    }


def author_of(reply):
    return Member.objects.get(pk=reply.author_id)


def test_a_few_texts_a_day_and_no_more(case, reply, topic, decide):
    NetworkSettings.objects.create(restricted_posts_a_day=2)
    decide(case, measure="", sanction=restricted("rate"))
    author = author_of(reply)

    assert can_contribute(author)
    assert can_reply(author, topic)
    ReplyFactory(root=topic, author=author)
    with pytest.raises(PermissionDenied):
        ReplyFactory(root=topic, author=author)


def test_where_nothing_may_be_posted_nothing_is(case, reply, decide):
    decide(case, measure="", sanction=restricted(""))
    assert not can_contribute(author_of(reply))


def test_the_strictest_of_two_holds_until_it_ends_then_the_milder_one(
    case, reply, topic, decide, report_it, reporter
):
    decide(case, measure="", sanction=restricted("rate", days=30))
    other = report_it(ReplyFactory(root=topic, author=author_of(reply)), reporter).case
    decide(other, measure="", sanction=restricted("", days=7))
    assert not can_contribute(author_of(reply))

    past = timezone.now() - timezone.timedelta(days=1)
    Sanction.objects.filter(restriction="").update(starts_at=past - timezone.timedelta(days=7), ends_at=past)
    Member.objects.filter(pk=reply.author_id).update(posting_restricted_until=past)
    assert actions.expire_sanctions() == 1
    author = author_of(reply)
    assert (author.posting_restriction, can_contribute(author).allowed) == ("rate", True)


@pytest.fixture
def held(case, reply, topic, decide):
    """A text of the restricted author that waits for a moderator."""
    decide(case, measure="", sanction=restricted("review"))
    said = ReplyFactory(root=topic, author=author_of(reply), body="<p>Second try.</p>")
    said.refresh_from_db()
    return said


HELD = "/admin/moderation/cases/held/"


def test_what_is_looked_at_first_is_seen_by_nobody_until_a_moderator_lets_it(
    held, topic, moderator, client_of, counters
):
    before = counters()
    reader = client_of(MemberFactory())
    assert held.is_held
    assert "Second try." not in reader.get(topic.get_absolute_url()).content.decode()
    client = client_of(moderator)
    assert "Second try." in client.get(HELD).content.decode()

    client.post(HELD, {"contribution": held.pk, "verdict": "show"})
    assert "Second try." in reader.get(topic.get_absolute_url()).content.decode()
    assert counters().thread == before.thread + 1


def test_what_is_given_back_is_a_draft_with_a_reason(held, moderator, client_of):
    client = client_of(moderator)
    refused = client.post(HELD, {"contribution": held.pk, "verdict": "refuse", "reason": ""}, follow=True)
    assert "Say why" in refused.content.decode()
    client.post(HELD, {"contribution": held.pk, "verdict": "refuse", "reason": "Still about persons."})

    held.refresh_from_db()
    assert (held.published_at, held.moderation) == (None, "clear")
    assert "Still about persons." in OutboxMail.objects.filter(to=held.author.email).last().text


def test_moderators_alone_look_first_and_never_at_their_own(held, reply, topic, client_of):
    for other in (
        MemberFactory(),
        MemberFactory(roles=["administrator"]),
        MemberFactory(superuser=True),
        reply.author,
    ):
        assert client_of(other).get(HELD).status_code in (302, 403)
        assert not can_review_held(other, held)
        with pytest.raises(Http404):
            actions.approve_held(held, actor=other)
