"""Obvious spam, hundreds at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.core.refusals import Refused
from network.moderation import actions
from network.moderation.models import Batch, Case, Decision
from tests.factories import MemberFactory, ReplyFactory

pytestmark = pytest.mark.django_db

SPAM = "/admin/moderation/cases/spam/"


@pytest.fixture
def spam(topic, reporter, report_it):
    author = MemberFactory(language="nl")
    return [
        report_it(ReplyFactory(root=topic, author=author, body="<p>Cheap watches here.</p>"), reporter).case
        for _ in range(4)
    ]


@pytest.fixture
def batch(spam, moderator):
    return actions.remove_spam(spam, actor=moderator, article_code="respect")


def test_each_text_is_removed_by_a_whole_decision_of_its_own(spam, batch, moderator, counters):
    assert actions.decide_batch(batch.pk) == 4
    assert actions.decide_batch(batch.pk) == 0

    batch.refresh_from_db()
    assert batch.finished_at
    assert batch.items.progress() == {"all": 4, "done": 4, "refused": 0}
    for decision in Decision.objects.all():
        assert (decision.measure, decision.decided_by, decision.language) == ("remove", moderator, "nl")
        assert "Cheap watches here." in decision.facts
        assert decision.articles.get().code == "respect"
        assert not decision.automated_decision
        assert not decision.sanctions.exists()
    assert counters().thread == 0


def test_a_killed_batch_goes_on_where_it_stopped(batch, monkeypatch):
    from network.moderation.actions import batches

    real, calls = batches._decide, []

    def killed(case, batch):
        calls.append(case)
        if len(calls) == 3:
            raise SystemExit
        return real(case, batch)

    monkeypatch.setattr(batches, "_decide", killed)
    with pytest.raises(SystemExit):
        actions.decide_batch(batch.pk)
    assert Decision.objects.count() == 2

    assert actions.resume_batches() <= 1
    assert actions.decide_batch(batch.pk) == 2
    assert Decision.objects.count() == 4
    batch.refresh_from_db()
    assert batch.finished_at
    assert actions.resume_batches() == 0


def test_what_a_colleague_took_meanwhile_is_left_to_them_and_said(
    spam, batch, colleague, moderator, client_of
):
    actions.take_case(spam[0], actor=colleague)
    actions.decide_batch(batch.pk)

    assert Decision.objects.count() == 3
    page = client_of(moderator).get(reverse("moderation_cases:batch", args=[batch.pk])).content.decode()
    assert "3 of" not in page
    assert "4 of 4 looked at" in page
    assert "A colleague has this case in hand." in page


def test_pieter_ticks_and_removes_and_follows_it(spam, moderator, article, client_of):
    client = client_of(moderator)
    page = client.get(SPAM, {"words": "watches"}).content.decode()
    assert all(f'id="case-{case.pk}"' in page for case in spam)
    assert f'id="case-{spam[0].pk}"' not in client.get(SPAM, {"words": "elephants"}).content.decode()

    nothing = client.post(SPAM, {"article": article.pk})
    assert nothing.status_code == 200
    assert "Choose at least one" in nothing.content.decode()
    # No article is taken for granted: it is what each author is told.
    assert client.post(SPAM, {"article": "", "cases": [spam[0].pk]}).status_code == 200
    assert not Batch.objects.exists()
    sent = client.post(SPAM, {"article": article.pk, "cases": [case.pk for case in spam[:3]]})
    assert sent.status_code == 302
    batch = Batch.objects.get()
    assert batch.items.count() == 3
    assert "0 of 3" in client.get(sent["Location"]).content.decode()


def test_moderators_alone_remove_spam_and_each_sees_their_own_batch(spam, batch, colleague, client_of):
    address = reverse("moderation_cases:batch", args=[batch.pk])
    assert client_of(colleague).get(address).status_code == 404
    for other in (MemberFactory(), MemberFactory(roles=["administrator"]), MemberFactory(superuser=True)):
        assert client_of(other).get(SPAM).status_code in (302, 403)
        assert client_of(other).get(address).status_code in (302, 403, 404)
        with pytest.raises(PermissionDenied):
            actions.remove_spam(spam, actor=other, article_code="respect")


def test_ones_own_words_are_left_out(topic, reporter, report_it, moderator):
    own = report_it(ReplyFactory(root=topic, author=moderator), reporter).case
    with pytest.raises(Refused):
        actions.remove_spam([own], actor=moderator, article_code="respect")


def test_the_page_costs_the_same_whatever_the_number(
    spam, topic, reporter, report_it, moderator, client_of, django_assert_max_num_queries
):
    client = client_of(moderator)
    client.get(SPAM)
    with django_assert_max_num_queries(20) as few:
        client.get(SPAM)
    for _ in range(16):
        report_it(ReplyFactory(root=topic), reporter)
    with django_assert_max_num_queries(20) as many:
        client.get(SPAM)
    assert len(few) == len(many)
    assert Case.objects.open().count() == 20
