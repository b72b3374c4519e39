"""Addresses are typed, shortened and made up: whatever number stands in them, the page answers."""

import pytest

from network.core.numbers import whole_number
from tests.factories import MembershipFactory, PostFactory, TopicFactory

pytestmark = pytest.mark.django_db

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", 7), (None, 7), ("-1", 7), ("٣", 7), ("1.5", 7), (ENDLESS, 7)]
)
def test_only_plain_digits_that_a_row_may_have_are_a_number(text, number):
    assert whole_number(text, 7) == number


def test_a_number_without_end_is_answered_like_none(client_of):
    topic, post = TopicFactory(), PostFactory()
    client = client_of(MembershipFactory(space=topic.space).member)
    for address in (
        f"{topic.get_absolute_url()}?from={ENDLESS}&parent={ENDLESS}",
        f"{post.get_absolute_url()}?from={ENDLESS}",
        f"{topic.space.get_absolute_url()}topics/new/?draft={ENDLESS}",
        f"/write/?draft={ENDLESS}",
        f"/search/?q=words&page={ENDLESS}",
        f"/groups/?after=2026-01-01T00:00:00%2B00:00~{ENDLESS}",
        f"/feed/?after=2026-01-01T00:00:00%2B00:00~{ENDLESS}",
    ):
        assert client.get(address).status_code == 200, address[:60]
