"""Whatever happens in whatever order, what must always hold holds: tried against the real database."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from network.conversation.actions import edit_contribution
from network.conversation.models import Contribution, Space, ThreadState
from network.core.refusals import Refused
from network.members.models import Member
from network.moderation import actions
from network.moderation.models import Appeal, Case, Decision, Report, Sanction
from tests.factories import CharterFactory, GroupFactory, MemberFactory, ReplyFactory, TopicFactory

from .test_history import broken

pytestmark = pytest.mark.django_db

REFUSALS = (Refused, PermissionDenied, Http404)
AUTHORS, REPORTERS, MODERATORS = range(2), range(4), range(3)
SECRET = "zanzibar"


class Moderation(RuleBasedStateMachine):
    """Members who report, moderators who decide, and all that may follow, in any order."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def found(self):
        long_ago = timezone.now() - timedelta(days=900)
        self.charter = CharterFactory()
        self.article = self.charter.articles.get(code="respect")
        self.topic = TopicFactory(space=GroupFactory())
        self.authors = [MemberFactory() for _ in AUTHORS]
        self.reporters = [MemberFactory(date_joined=long_ago, contribution_count=0) for _ in REPORTERS]
        for reporter in self.reporters:
            ReplyFactory(root=self.topic, author=reporter, body="<p>Fine.</p>")
        self.moderators = [MemberFactory(roles=["moderator"]) for _ in MODERATORS]
        self.stranger = MemberFactory()
        self.replies = [
            ReplyFactory(root=self.topic, author=author, body=self.words()) for author in self.authors
        ]

    def words(self):
        return f"<p>{SECRET}</p>"

    def try_to(self, action, *args, **kwargs):
        """Do it, or be refused: both are fine, and a refusal leaves nothing behind."""
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        except REFUSALS:
            return None

    def case(self, index):
        cases = list(Case.objects.order_by("pk"))
        return cases[index % len(cases)] if cases else None

    def moderator(self, index):
        # Fresh: what was decided about a moderator counts for what they do next.
        return Member.objects.get(pk=self.moderators[index].pk)

    @rule(author=st.sampled_from(AUTHORS))
    def write(self, author):
        member = Member.objects.get(pk=self.authors[author].pk)
        reply = self.try_to(ReplyFactory, root=self.topic, author=member, body=self.words())
        if reply:
            self.replies.append(reply)

    @rule(index=st.integers(0, 9))
    def correct(self, index):
        reply = Contribution.objects.get(pk=self.replies[index % len(self.replies)].pk)
        author = Member.objects.get(pk=reply.author_id)
        self.try_to(edit_contribution, reply, actor=author, body=f"<p>{SECRET} again</p>")

    @rule(index=st.integers(0, 9), who=st.one_of(st.sampled_from(REPORTERS), st.integers(10, 12)))
    def report(self, index, who):
        actor = self.moderator(who - 10) if who >= 10 else Member.objects.get(pk=self.reporters[who].pk)
        self.try_to(
            actions.report_contribution,
            self.replies[index % len(self.replies)],
            actor=actor,
            articles=[self.article],
            explanation="Not right.",
            good_faith=True,
        )

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS), force=st.booleans())
    def take(self, index, who, force):
        if case := self.case(index):
            self.try_to(actions.take_case, case, actor=self.moderator(who), from_colleague=force)

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS))
    def ask(self, index, who):
        if case := self.case(index):
            self.try_to(actions.ask_author, case, actor=self.moderator(who), question="Why?")

    @rule(index=st.integers(0, 9))
    def answer(self, index):
        if case := self.case(index):
            self.try_to(actions.answer_case, case, actor=case.concerned, answer="Because.")

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS))
    def void(self, index, who):
        if case := self.case(index):
            self.try_to(actions.void_case, case, actor=self.moderator(who), reason="It is gone.")

    def terms(self, measure, sanction):
        wanted = None
        if sanction:
            ends_at = None if sanction in ("reminder", "excluded") else timezone.now() + timedelta(days=7)
            wanted = {"kind": sanction, "ends_at": ends_at, "urgency": "It can't wait."}
        return {
            "outcome": "act" if measure or wanted else "dismiss",
            "measure": measure,
            "label": "Note." if measure == "label" else "",
            "articles": [self.article],
            "facts": "What was said.",
            "explanation": "Why it counts.",
            "scope": "Here.",
            "sanction": wanted,
        }

    MEASURES = st.sampled_from(["", "hide", "remove", "label", "lock"])
    SANCTIONS = st.sampled_from(["", "", "reminder", "restricted", "suspended", "excluded", "group_ban"])

    @rule(
        index=st.integers(0, 9),
        who=st.sampled_from(MODERATORS),
        measure=MEASURES,
        sanction=SANCTIONS,
        old=st.booleans(),
    )
    def decide(self, index, who, measure, sanction, old):
        if case := self.case(index):
            actor, version = self.moderator(who), case.version - (1 if old else 0)
            terms = self.terms(measure, sanction)
            if sanction == "excluded":
                self.try_to(actions.propose_decision, case, actor=actor, version=version, **terms)
            else:
                self.try_to(actions.decide_case, case, actor=actor, version=version, **terms)

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS))
    def confirm(self, index, who):
        if case := self.case(index):
            self.try_to(actions.confirm_decision, case, actor=self.moderator(who), version=case.version)

    @rule(index=st.integers(0, 9), by_author=st.booleans(), who=st.sampled_from(REPORTERS))
    def appeal(self, index, by_author, who):
        decisions = list(Decision.objects.order_by("pk"))
        if decisions:
            decision = decisions[index % len(decisions)]
            actor = decision.case.concerned if by_author else self.reporters[who]
            self.try_to(actions.appeal_decision, decision, actor=actor, grounds="No.")

    @rule(
        index=st.integers(0, 9),
        who=st.sampled_from(MODERATORS),
        outcome=st.sampled_from(["upheld", "varied", "overturned"]),
        measure=MEASURES,
    )
    def judge(self, index, who, outcome, measure):
        appeals = list(Appeal.objects.order_by("pk"))
        if appeals:
            self.try_to(
                actions.judge_appeal,
                appeals[index % len(appeals)],
                actor=self.moderator(who),
                outcome=outcome,
                reasons="We read it again.",
                terms=self.terms(measure, "") if outcome == "varied" else None,
            )

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS))
    def withdraw(self, index, who):
        decisions = list(Decision.objects.order_by("pk"))
        if decisions:
            decision = decisions[index % len(decisions)]
            self.try_to(actions.withdraw_decision, decision, actor=self.moderator(who), reason="Wrong.")

    @rule(index=st.integers(0, 9), who=st.sampled_from(MODERATORS))
    def lift(self, index, who):
        sanctions = list(Sanction.objects.order_by("pk"))
        if sanctions:
            sanction = sanctions[index % len(sanctions)]
            self.try_to(actions.lift_sanction, sanction, actor=self.moderator(who))

    @rule()
    def let_time_pass(self):
        actions.return_cases()
        actions.free_cases()
        actions.expire_sanctions()
        actions.end_expired_measures()
        actions.close_cases()
        actions.purge_removed()

    @invariant()
    def no_sanction_stands_without_a_whole_decision(self):
        for decision in Decision.objects.filter(sanctions__isnull=False).distinct():
            assert decision.outcome == "act"
            assert decision.facts.strip() and decision.explanation.strip() and decision.redress.strip()
            assert decision.articles.exists() or decision.legal_ground
        fallen = Sanction.objects.filter(decision__overturned_at__isnull=False, voided_at=None)
        assert not fallen.exists()
        assert not Sanction.objects.filter(kind="excluded", second_decider=F("decision__decided_by")).exists()

    @invariant()
    def nobody_judges_an_own_case(self):
        assert not Decision.objects.filter(decided_by=F("case__concerned")).exists()
        assert not Decision.objects.filter(decided_by=F("case__reports__reporter")).exists()
        assert not Case.objects.filter(moderator=F("concerned")).exists()
        assert not Appeal.objects.filter(judge=F("decision__case__concerned")).exists()
        assert not Appeal.objects.filter(judge=F("decision__decided_by")).exists()
        assert not Report.objects.filter(reporter=F("case__concerned")).exists()

    @invariant()
    def what_decisions_hold_down_is_down_and_nothing_else(self):
        down = set(
            Decision.objects.standing()
            .filter(measure__in=["hide", "remove"])
            .values_list("case__contribution", flat=True)
        )
        hidden = set(Contribution.objects.exclude(moderation="clear").values_list("pk", flat=True))
        assert hidden == down

    @invariant()
    def what_is_hidden_is_invisible_through_every_door(self):
        hidden = set(Contribution.objects.exclude(moderation="clear").values_list("pk", flat=True))
        for reader in (None, self.stranger):
            seen = Contribution.objects.visible_to(reader).filter(pk__in=hidden)
            assert not seen.exists()
        shown = Contribution.objects.released().filter(root=self.topic, body_text__contains=SECRET).count()
        client = Client()
        client.force_login(self.stranger)
        page = client.get(self.topic.get_absolute_url()).content.decode()
        assert page.count(f"<p>{SECRET}") == shown

    @invariant()
    def counters_are_as_if_what_fell_had_never_been(self):
        clear = Contribution.objects.released().filter(root=self.topic)
        assert ThreadState.objects.get(pk=self.topic.pk).reply_count == clear.count()
        assert Space.objects.get(pk=self.topic.space_id).reply_count == clear.count()
        for author in self.authors:
            counted = Member.objects.get(pk=author.pk).contribution_count
            assert counted == Contribution.objects.released().filter(author=author).count()

    @invariant()
    def what_members_may_do_is_what_standing_sanctions_say(self):
        for member in Member.objects.filter(pk__in=[author.pk for author in self.authors]):
            kinds = set(Sanction.objects.standing().filter(member=member).values_list("kind", flat=True))
            assert (member.status == "suspended") == bool(kinds & {"suspended", "excluded"})
            assert (member.posting_restricted_until is not None) == ("restricted" in kinds)
            tie = member.memberships.get(space=self.topic.space_id)
            assert (tie.state == "banned") == ("group_ban" in kinds)

    @invariant()
    def the_history_is_whole(self):
        assert broken() == 0


def test_what_must_always_hold_holds():
    run_state_machine_as_test(
        Moderation,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            database=None,
            derandomize=True,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
