"""What those concerned are told: a line on the site, and a message in their language."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from network.notifications import kinds as notification_kinds
from network.notifications.actions import notify, queue_mail

from .. import kinds
from ..models import Decision
from ..querysets import facilitators_for, knows_of
from ..statements import statement
from ..visitors import visitor_path


def _write(template, kind, *, member=None, to="", language="", **context):
    """Queue a message to a member, or to a visitor's address and in their language."""
    if member is not None and not member.is_active:
        return
    language = member.language if member else language
    with override(language):
        context["why"] = str(notification_kinds.get(kind).why)
    queue_mail(
        to=member.email if member else to,
        language=language,
        template=template,
        context={"member": member, **context},
        recipient=member,
    )


def _write_to_reporter(report, template, kind, *, path="", **context):
    _write(
        template,
        kind,
        member=report.reporter,
        to=report.email,
        language=report.language,
        name=report.reporter.name if report.reporter else report.name,
        report=report,
        # A visitor has no account to read it with.
        url=settings.BASE_URL + path if path and report.reporter else "",
        **context,
    )


def _language_of(report):
    return report.reporter.language if report.reporter else report.language


def _statement_for(decision, language, *, full):
    with override(language):
        return statement(decision, decision.articles.all(), decision.sanctions.all(), full=full)


def _url(decision):
    return settings.BASE_URL + decision.get_absolute_url()


def tell_receipt(report):
    """The report has arrived; what happens next, and by when."""
    if report.reporter:
        notify([report.reporter], kinds.REPORT_RECEIVED, report=report)
    _write_to_reporter(
        report,
        "report_receipt",
        kinds.REPORT_RECEIVED,
        path=report.get_absolute_url(),
        due_at=report.case.due_at,
    )


def tell_closed(case):
    """The matter is gone: those who reported learn that nothing is left to decide, and why."""
    for report in case.reports.select_related("reporter"):
        if report.reporter:
            notify([report.reporter], kinds.REPORT_CLOSED, report=report)
        _write_to_reporter(
            report,
            "report_closed",
            kinds.REPORT_CLOSED,
            path=report.get_absolute_url(),
            reason=case.void_reason,
        )


def tell_decision(decision):
    """The person concerned gets the whole statement, the reporters what became of their report.

    Nobody is told that a report against them was dismissed, unless they knew of the case. Of what was hidden
    automatically the reporters hear once somebody has looked.
    """
    case = decision.case
    if decision.outcome == Decision.Outcome.ACT or knows_of(case):
        notify([case.concerned], kinds.DECISION, decision=decision)
        _write(
            "decision",
            kinds.DECISION,
            member=case.concerned,
            url=_url(decision),
            statement=_statement_for(decision, case.concerned.language, full=True),
        )
    if decision.decided_by_id is None:
        return
    reports = list(case.reports.select_related("reporter"))
    notify(
        [report.reporter for report in reports if report.reporter], kinds.REPORT_DECIDED, decision=decision
    )
    for report in reports:
        _write_to_reporter(
            report,
            "report_outcome",
            kinds.REPORT_DECIDED,
            path=decision.get_absolute_url(),
            visitor_url="" if report.reporter else settings.BASE_URL + visitor_path(decision, report),
            statement=_statement_for(decision, _language_of(report), full=False),
        )


def tell_appeal_received(appeal):
    """The appeal has arrived."""
    if appeal.appellant:
        notify([appeal.appellant], kinds.APPEAL_RECEIVED, decision=appeal.decision)
    _write_to_appellant(appeal, "appeal_receipt", kinds.APPEAL_RECEIVED)


def _write_to_appellant(appeal, template, kind, **context):
    report = appeal.report
    _write(
        template,
        kind,
        member=appeal.appellant,
        to=report.email if report else "",
        language=report.language if report else "",
        name=appeal.appellant_name,
        url=settings.BASE_URL + visitor_path(appeal.decision, report) if report else _url(appeal.decision),
        **context,
    )


def tell_judgment(appeal):
    """The appellant learns how the appeal ended; where the decision falls, so does the other side."""
    decision = appeal.decision
    language = appeal.appellant.language if appeal.appellant else appeal.report.language
    with override(language):
        sentence = judgment_sentence(appeal)
    _write_to_appellant(
        appeal, "appeal_outcome", kinds.APPEAL_JUDGED, sentence=sentence, reasons=appeal.reasons
    )
    others = _parties(decision) - {appeal.appellant} if appeal.outcome == appeal.Outcome.OVERTURNED else set()
    notify(
        [member for member in (appeal.appellant, *others) if member], kinds.APPEAL_JUDGED, decision=decision
    )
    for member in sorted(others, key=lambda member: member.pk):
        with override(member.language):
            sentence = judgment_sentence(appeal)
        _write(
            "appeal_outcome",
            kinds.APPEAL_JUDGED,
            member=member,
            name=member.name,
            url=_url(decision),
            sentence=sentence,
            reasons="",
        )


def _parties(decision):
    reports = decision.case.reports.exclude(reporter=None).select_related("reporter")
    return {decision.case.concerned, *(report.reporter for report in reports)}


def tell_withdrawal(decision, reason):
    """The moderators took a decision back: the person concerned and those who reported read why."""
    people = sorted(_parties(decision), key=lambda member: member.pk)
    notify(people, kinds.DECISION_WITHDRAWN, decision=decision)
    for member in people:
        with override(member.language):
            sentence = gettext("The decision falls: everything is put back as it was.")
        _write(
            "decision_withdrawn",
            kinds.DECISION_WITHDRAWN,
            member=member,
            url=_url(decision),
            sentence=sentence,
            reasons=reason,
        )


def tell_question(case, question):
    """The author is asked to correct or explain; the moderators' words stand in the message."""
    notify([case.concerned], kinds.AUTHOR_ASKED, contribution=case.contribution)
    _write(
        "author_asked",
        kinds.AUTHOR_ASKED,
        member=case.concerned,
        question=question,
        due_at=case.answer_due_at,
        url=settings.BASE_URL + reverse("moderation:answer", args=[case.contribution_id]),
    )


def tell_facilitators(case):
    """Those who keep order in a group learn that something in it was reported, where it is theirs to handle."""
    keepers = list(facilitators_for(case))
    if keepers:
        notify(keepers, kinds.GROUP_CASE, space=case.contribution.space)


def judgment_sentence(appeal):
    """How an appeal ended, in the language that is active."""
    if appeal.outcome == appeal.Outcome.UPHELD:
        return gettext("The decision stands.")
    if appeal.outcome == appeal.Outcome.VARIED:
        return gettext("Another decision takes its place: you receive it separately.")
    return gettext("The decision falls: everything is put back as it was.")
