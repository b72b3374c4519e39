"""Who may report, decide, read a decision, appeal, and judge an appeal."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.permissions import can_see_contribution, can_see_space
from network.core.answers import HIDDEN, YES, no

from .models import Decision
from .querysets import OPEN_STATES, TAKING_PART, inspectable_contributions, owner_of, proposal_of


def _moderates(member):
    return bool(member and member.is_authenticated and member.is_moderator)


def _is(member, pk):
    return bool(member and member.is_authenticated and member.pk == pk)


def can_report_contribution(member, contribution):
    """Report what one can read, unless it is one's own; visitors report what is public."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    if _is(member, contribution.author_id):
        return no(_("These are your own words: you can correct them yourself."))
    return YES if contribution.released_at else HIDDEN


def can_report_member(member, other):
    """Report a member of the network that one takes part in."""
    if not member or not member.is_authenticated or not member.is_verified or not other.is_verified:
        return HIDDEN
    return no(_("This is you.")) if member.pk == other.pk else YES


def can_report_space(member, space):
    """Report a group or a blog whose card one can see: its title, description or purpose."""
    if not (answer := can_see_space(member, space)):
        return answer
    owner = owner_of(space)
    if owner is None:
        return no(_("Nobody answers for this place: write to the site's team."))
    return no(_("This place is your own.")) if _is(member, owner.pk) else YES


def can_moderate(member):
    """Have the cases before one: site moderators while they take part, and nobody else, whatever their rank."""
    return YES if _moderates(member) else no(_("Only the site's moderators decide on cases."))


def can_inspect_contributions(member):
    """Look through what was said in open places, in the administration: moderators and administrators."""
    if _moderates(member) or (member and member.is_authenticated and member.is_administrator):
        return YES
    return no(_("Only moderators and administrators look through contributions here."))


def can_open_case(member, contribution):
    """Look into something on a moderator's own initiative: in open places, never one's own words."""
    if not _moderates(member):
        return HIDDEN
    if _is(member, contribution.author_id):
        return no(_("Nobody decides on their own words."))
    return YES if inspectable_contributions().filter(pk=contribution.pk).exists() else HIDDEN


def can_see_case(member, case):
    """Site moderators, but nobody who is concerned by the case or who reported."""
    if not _moderates(member) or _is(member, case.concerned_id):
        return HIDDEN
    return HIDDEN if case.reports.filter(reporter=member).exists() else YES


def can_decide_case(member, case):
    """Decide an open case, unless a colleague has it in hand."""
    if not (answer := can_see_case(member, case)):
        return answer
    if case.state not in OPEN_STATES:
        return no(_("This case is not open any more."))
    if case.moderator_id not in (None, member.pk):
        return no(_("A colleague has this case in hand."))
    return YES


def can_take_case(member, case):
    """Take an open case in hand, or take it over from a colleague, which the case keeps a trace of."""
    if not (answer := can_see_case(member, case)):
        return answer
    return YES if case.state in OPEN_STATES else no(_("This case is not open any more."))


def can_confirm_decision(member, case):
    """Be the second of the two who exclude somebody."""
    if not (answer := can_see_case(member, case)):
        return answer
    proposal = proposal_of(case) if case.state in OPEN_STATES else None
    if proposal is None:
        return no(_("No exclusion is proposed in this case."))
    if proposal.actor_id == member.pk:
        return no(_("An exclusion takes two: a colleague has to confirm yours."))
    return YES


def reported_in(member, case):
    """Is the member one of those who reported?"""
    return bool(member and member.is_authenticated and case.reports.filter(reporter=member).exists())


def can_see_decision(member, decision):
    """The person concerned by a measure, who reported, and the moderators who may see the case."""
    concerned = _is(member, decision.case.concerned_id)
    if concerned and decision.outcome == Decision.Outcome.ACT:
        return YES
    if reported_in(member, decision.case):
        return YES
    return can_see_case(member, decision.case)


def can_appeal_decision(member, decision):
    """Contest a decision that stands: the person concerned or a reporter, in time, once in a case."""
    if not (answer := can_see_decision(member, decision)):
        return answer
    if not _is(member, decision.case.concerned_id) and not reported_in(member, decision.case):
        return no(_("Only the person concerned and those who reported can appeal."))
    if decision.overturned_at:
        return no(_("This decision doesn't stand any more."))
    if decision.appeal_until <= timezone.now():
        return no(_("The time for an appeal is over."))
    if decision.case.decisions.filter(appeals__appellant=member).exists():
        return no(_("You have appealed already."))
    return YES


def can_see_appeal(member, appeal):
    """For its moderators."""
    return can_see_case(member, appeal.decision.case)


def can_judge_appeal(member, appeal):
    """A moderator who had no part in the case."""
    case = appeal.decision.case
    if not (answer := can_see_appeal(member, appeal)):
        return answer
    if appeal.judged_at:
        return no(_("This appeal has been judged."))
    if case.events.filter(actor=member, verb__in=TAKING_PART).exists():
        return no(_("You had a part in this case: a colleague has to judge the appeal."))
    return YES


def can_lift_sanction(member, sanction):
    """End a sanction before its time: the moderators who may see its case."""
    return can_see_case(member, sanction.decision.case)
