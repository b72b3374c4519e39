"""How much one may say at a time, by age and standing: a polite refusal that says when, and loses no word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.conversation.models import Contribution
from network.pages.models.settings import NetworkSettings
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.LIMITS = True
    return NetworkSettings.objects.create(
        newcomer_texts_a_day=2,
        texts_a_day=3,
        newcomer_links=1,
        links_in_text=2,
        newcomer_mentions=1,
        mentions_in_text=2,
        newcomer_reports_a_day=1,
        reports_a_day=2,
    )


@pytest.fixture
def group(charter):
    return GroupFactory()


def known(**kwargs):
    return MemberFactory(date_joined=timezone.now() - timedelta(days=400), contribution_count=10, **kwargs)


def start(client, group, **words):
    return client.post(
        f"/groups/{group.slug}/topics/new/",
        {
            "title": "Licences",
            "type": "question",
            "body": "<p>Which one?</p>",
            "body_format": "html",
            "language": "en",
        }
        | words,
    )


class TestTexts:
    @pytest.mark.parametrize(("make", "most"), [(MemberFactory, 2), (known, 3)])
    def test_newcomers_may_less_than_those_who_are_known(self, client_of, group, make, most):
        member = make()
        MembershipFactory(space=group, member=member)
        client = client_of(member)
        assert [start(client, group, title=f"Topic {n}").status_code for n in range(most + 1)] == [
            302
        ] * most + [429]

    def test_the_refusal_says_when_and_keeps_the_words(self, client_of, group):
        member = MembershipFactory(space=group).member
        client = client_of(member)
        for number in range(2):
            start(client, group, title=f"Topic {number}")
        page = start(client, group, title="The third", body="<p>Words worth keeping</p>").content.decode()
        assert "You can go on on" in page
        assert "Words worth keeping" in page
        assert "The third" in page

    def test_a_day_later_one_goes_on(self, client_of, group):
        member = MembershipFactory(space=group).member
        for _number in range(2):
            TopicFactory(space=group, author=member)
        Contribution.objects.update(published_at=timezone.now() - timedelta(hours=25))
        assert start(client_of(member), group).status_code == 302

    def test_replies_count_too(self, client_of, group):
        member = MembershipFactory(space=group).member
        topic = TopicFactory(space=group)
        client = client_of(member)
        answers = [
            client.post(topic.get_absolute_url(), {"body": f"Reply {n}", "language": "en"}).status_code
            for n in range(3)
        ]
        assert answers == [302, 302, 429]

    def test_links_and_mentions_are_counted(self, client_of, group):
        member = MembershipFactory(space=group).member
        client = client_of(member)
        two = '<p><a href="https://a.example">a</a> <a href="https://b.example">b</a></p>'
        page = start(client, group, body=two)
        assert "holds more than 1 link" in page.content.decode()
        named = " ".join(f"@{MemberFactory().handle}" for _ in range(2))
        page = start(client, group, body=f"<p>{named}</p>")
        assert "mentions more than 1 person" in page.content.decode()
        assert not Contribution.objects.exists()
        somebody = known()
        MembershipFactory(space=group, member=somebody)
        assert start(client_of(somebody), group, body=two).status_code == 302


class TestReports:
    def test_reports_are_limited_but_for_what_is_against_the_law(self, client_of, charter, group):
        member = MemberFactory()
        article = charter.articles.get(code="respect")
        client = client_of(member)

        def report(**words):
            topic = TopicFactory(space=group)
            sent = {"articles": article.pk, "explanation": "It insults.", "good_faith": "on"} | words
            return client.post(f"/contributions/{topic.pk}/report/", sent)

        assert report().status_code == 302
        refused = report(explanation="Words worth keeping")
        assert refused.status_code == 429
        assert "Words worth keeping" in refused.content.decode()
        assert report(illegality="on").status_code == 302


def test_who_sets_no_limits_meets_none(client_of, group, settings):
    settings.LIMITS = False
    client = client_of(MembershipFactory(space=group).member)
    assert {start(client, group, title=f"Topic {n}").status_code for n in range(4)} == {302}
