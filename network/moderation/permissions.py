"""Who may report, decide, read a decision, appeal, and judge an appeal."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Membership, Space
from network.conversation.permissions import can_facilitate, can_see_contribution, can_see_space
from network.core.answers import HIDDEN, YES, no

from .models import Decision, Sanction
from .querysets import (
    OPEN_STATES,
    TAKING_PART,
    held_contributions,
    inspectable_contributions,
    knows_of,
    owner_of,
    proposal_of,
    question_of,
)

FACILITATING = (Membership.Role.FACILITATOR, Membership.Role.OWNER)
# What facilitators may decide in their group; the rest is for the site's moderators.
THEIR_MEASURES = (Decision.Measure.NONE, Decision.Measure.LABEL, Decision.Measure.HIDE, Decision.Measure.LOCK)
THEIR_SANCTIONS = (Sanction.Kind.REMINDER, Sanction.Kind.GROUP_BAN)


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


def can_see_batch(member, batch):
    """Follow a batch of spam: the moderator who began it."""
    return YES if _moderates(member) and _is(member, batch.moderator_id) else HIDDEN


def can_see_signs(member):
    """See which profiles may be false: administrators, who verify people and close accounts."""
    if member and member.is_authenticated and member.is_administrator:
        return YES
    return no(_("Only administrators look for false profiles."))


def can_inspect_contributions(member):
    """Look through what was said in open places, in the administration: moderators and administrators."""
    if _moderates(member) or (member and member.is_authenticated and member.is_administrator):
        return YES
    return no(_("Only moderators and administrators look through contributions here."))


def can_review_held(member, contribution):
    """Let others see what waits to be looked at, or give it back: moderators, in open places, never their own."""
    if not _moderates(member):
        return HIDDEN
    return YES if held_contributions(member).filter(pk=contribution.pk).exists() else HIDDEN


def can_open_case(member, contribution):
    """Look into something on a moderator's own initiative: in open places, never one's own words."""
    if not _moderates(member):
        return HIDDEN
    if _is(member, contribution.author_id):
        return no(_("Nobody decides on their own words."))
    return YES if inspectable_contributions().filter(pk=contribution.pk).exists() else HIDDEN


def _is_party(member, case):
    """Is the member concerned by the case, or one of those who reported?"""
    return _is(member, case.concerned_id) or reported_in(member, case)


def can_moderate_case(member, case):
    """Site moderators, but nobody who is concerned by the case or who reported."""
    return YES if _moderates(member) and not _is_party(member, case) else HIDDEN


def can_handle_case(member, case):
    """Facilitators with what was said in their group, where it is neither against the law nor passed on.

    What a colleague who keeps order in the same group wrote is for the site's moderators.
    """
    space = case.contribution.space if case.contribution_id else None
    if space is None or space.kind != Space.Kind.GROUP or case.escalated or case.illegality:
        return HIDDEN
    if not can_facilitate(member, space) or _is_party(member, case):
        return HIDDEN
    others = Membership.objects.active().filter(space=space, member=case.concerned_id)
    return HIDDEN if others.filter(role__in=FACILITATING).exists() else YES


def can_see_case(member, case):
    """Site moderators and, for what was said in their group, facilitators; never a party."""
    return YES if can_moderate_case(member, case) or can_handle_case(member, case) else HIDDEN


def can_export_case(member, case):
    """Take the file of a case along for a legal request: moderators and administrators who are no party to it."""
    is_administrator = bool(member and member.is_authenticated and member.is_administrator)
    return YES if (_moderates(member) or is_administrator) and not _is_party(member, case) else HIDDEN


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


def can_ask_author(member, case):
    """Ask the author of a text to correct or explain it, once at a time."""
    if not (answer := can_decide_case(member, case)):
        return answer
    if case.contribution_id is None:
        return no(_("This case is not about a text."))
    if not case.concerned.is_active:
        return no(_("The author's account is closed."))
    return no(_("The author was asked already.")) if case.state == case.State.WAITING else YES


def can_answer_case(member, case):
    """Answer the moderators' question: the author, until it is answered or the case decided."""
    if not _is(member, case.concerned_id) or not question_of(case):
        return HIDDEN
    return YES if case.state in OPEN_STATES else no(_("This case is not open any more."))


def can_see_group_cases(member, space):
    """Have the cases of a group before one: those who keep order in it."""
    if not (answer := can_see_space(member, space)):
        return answer
    if space.kind != Space.Kind.GROUP:
        return HIDDEN
    return can_facilitate(member, space)


def can_confirm_decision(member, case):
    """Be the second of the two who exclude somebody."""
    if not (answer := can_moderate_case(member, case)):
        return answer
    proposal = proposal_of(case) if case.state in OPEN_STATES else None
    if proposal is None:
        return no(_("No exclusion is proposed in this case."))
    if proposal.actor_id == member.pk:
        return no(_("An exclusion takes two: a colleague has to confirm yours."))
    return YES


def reported_in(member, case):
    """Is the member one of those who reported? Asked once a member for the time of this case object."""
    if not member or not member.is_authenticated:
        return False
    if "reports" in getattr(case, "_prefetched_objects_cache", ()):
        return any(report.reporter_id == member.pk for report in case.reports.all())
    known = case.__dict__.setdefault("_reported_by", {})
    if member.pk not in known:
        known[member.pk] = case.reports.filter(reporter=member).exists()
    return known[member.pk]


def can_see_decision(member, decision):
    """The person concerned by a measure, who reported, and the moderators who may see the case.

    That nothing was done is told to the author only where they knew of the case.
    """
    concerned = _is(member, decision.case.concerned_id)
    if concerned and (decision.outcome == Decision.Outcome.ACT or knows_of(decision.case)):
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
    if _is(member, decision.case.concerned_id) and decision.outcome == Decision.Outcome.DISMISS:
        return no(_("Nothing was done to you: there is nothing to appeal."))
    if not (answer := _is_contestable(decision)):
        return answer
    if decision.case.decisions.filter(appeals__appellant=member).exists():
        return no(_("You have appealed already."))
    return YES


def _is_contestable(decision):
    if decision.overturned_at:
        return no(_("This decision doesn't stand any more."))
    if decision.automated_decision and decision.case.state in OPEN_STATES:
        return no(_("A moderator looks at this decision within 24 hours: you can appeal against theirs."))
    if decision.appeal_until <= timezone.now():
        return no(_("The time for an appeal is over."))
    return YES


def can_appeal_as_visitor(report, decision):
    """Contest a decision with the signed address that a visitor got: who reported, in time, once in a case."""
    if report.case_id != decision.case_id or report.reporter_id:
        return HIDDEN
    if not (answer := _is_contestable(decision)):
        return answer
    if decision.case.decisions.filter(appeals__report=report).exists():
        return no(_("You have appealed already."))
    return YES


def can_withdraw_decision(member, decision):
    """Take back a decision that stands, until what it removed is deleted: the site's moderators of the case."""
    if not (answer := can_moderate_case(member, decision.case)):
        return answer
    if decision.outcome != Decision.Outcome.ACT:
        return no(_("Nothing was done, so nothing can be put back."))
    if decision.purged_at:
        return no(_("What was removed is deleted: it can't be put back."))
    return YES if decision.case.state not in OPEN_STATES else no(_("This case is still open: decide it."))


def can_see_appeal(member, appeal):
    """For its moderators."""
    return can_moderate_case(member, appeal.decision.case)


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
    """End a sanction before its time: the site's moderators who may see its case."""
    return can_moderate_case(member, sanction.decision.case)
