"""What those concerned are told: a line on the site, and a message in their language."""

from django.conf import settings
from django.utils.translation import gettext, override

from network.notifications import kinds as notification_kinds
from network.notifications.actions import notify, queue_mail

from .. import kinds
from ..models import Decision
from ..statements import statement


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

    Nobody is told that a report against them was dismissed: nothing happened to them.
    """
    case = decision.case
    if decision.outcome == Decision.Outcome.ACT:
        notify([case.concerned], kinds.DECISION, decision=decision)
        _write(
            "decision",
            kinds.DECISION,
            member=case.concerned,
            url=_url(decision),
            statement=_statement_for(decision, case.concerned.language, full=True),
        )
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
            statement=_statement_for(decision, _language_of(report), full=False),
        )


def tell_appeal_received(appeal):
    """The appeal has arrived."""
    notify([appeal.appellant], kinds.APPEAL_RECEIVED, decision=appeal.decision)
    _write("appeal_receipt", kinds.APPEAL_RECEIVED, member=appeal.appellant, url=_url(appeal.decision))


def tell_judgment(appeal):
    """The appellant learns how the appeal ended; where the decision falls, so does the other side."""
    decision = appeal.decision
    people = {appeal.appellant}
    if appeal.outcome == appeal.Outcome.OVERTURNED:
        reports = decision.case.reports.exclude(reporter=None).select_related("reporter")
        people |= {decision.case.concerned, *(report.reporter for report in reports)}
    notify(people, kinds.APPEAL_JUDGED, decision=decision)
    for member in sorted(people, key=lambda member: member.pk):
        with override(member.language):
            outcome = judgment_sentence(appeal)
        _write(
            "appeal_outcome",
            kinds.APPEAL_JUDGED,
            member=member,
            url=_url(decision),
            sentence=outcome,
            reasons=appeal.reasons if member.pk == appeal.appellant_id else "",
        )


def judgment_sentence(appeal):
    """How an appeal ended, in the language that is active."""
    if appeal.outcome == appeal.Outcome.UPHELD:
        return gettext("The decision stands.")
    if appeal.outcome == appeal.Outcome.VARIED:
        return gettext("Another decision takes its place: you receive it separately.")
    return gettext("The decision falls: everything is put back as it was.")
