"""A member restricted in posting: nothing, a few texts a day, or what is looked at first."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.conversation.permissions import can_contribute, can_reply
from network.members.models import Member
from network.moderation import actions
from network.moderation.models import Sanction
from network.pages.models import NetworkSettings
from tests.factories import ReplyFactory

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
