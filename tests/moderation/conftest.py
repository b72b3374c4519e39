"""A topic with a reply that somebody reports, and moderators."""

from types import SimpleNamespace

import pytest

from network.moderation import actions
from network.moderation.models import Case
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory


@pytest.fixture
def article(charter):
    return charter.articles.prefetch_related("texts").get(code="respect")


@pytest.fixture
def moderator(charter):
    return MemberFactory(name="Pieter Peeters", roles=["moderator"])


@pytest.fixture
def colleague(charter):
    return MemberFactory(name="Katrien Claes", roles=["moderator"])


@pytest.fixture
def reporter(charter):
    return MemberFactory(name="Amina Alaoui", language="nl")


@pytest.fixture
def topic(charter):
    return TopicFactory(space=GroupFactory(title="Open source"), title="Which licence?")


@pytest.fixture
def reply(topic):
    """A reply of a French-speaking author."""
    author = MemberFactory(name="Luc Lambert", language="fr")
    return ReplyFactory(root=topic, author=author, body="<p>You are all incompetent.</p>")


@pytest.fixture
def report_it(article):
    """Report a contribution: report_it(reply, reporter)."""

    def report(contribution, actor, **words):
        return actions.report_contribution(
            contribution,
            actor=actor,
            **({"articles": [article], "explanation": "He insults us.", "good_faith": True} | words),
        )

    return report


@pytest.fixture
def case(reply, reporter, report_it):
    """The case of the reported reply."""
    return report_it(reply, reporter).case


@pytest.fixture
def terms(article):
    """What hides a text, whole; `terms(measure="label", label="…")` varies it."""

    def make(**changes):
        return {
            "outcome": "act",
            "measure": "hide",
            "articles": [article],
            "facts": "You wrote that all are incompetent.",
            "explanation": "This hurts people instead of judging ideas.",
            "scope": "The whole of the site.",
        } | changes

    return make


@pytest.fixture
def decide(terms, moderator):
    """Decide a case as the moderator: decide(case, measure="label", …)."""

    def make(case, actor=None, **changes):
        fresh = Case.objects.get(pk=case.pk)
        return actions.decide_case(fresh, actor=actor or moderator, version=fresh.version, **terms(**changes))

    return make


@pytest.fixture
def counters(topic):
    """The counters that follow a reply of this topic, as they are now."""

    def read():
        topic.space.refresh_from_db()
        topic.thread.refresh_from_db()
        return SimpleNamespace(space=topic.space.reply_count, thread=topic.thread.reply_count)

    return read
