"""What moderation tells members. Its messages can't be refused: the law has the site send them."""

from django.utils.translation import gettext_lazy as _

from network.notifications import kinds

from .permissions import can_see_decision

REPORT_RECEIVED = "report_received"
REPORT_CLOSED = "report_closed"
REPORT_DECIDED = "report_decided"
DECISION = "decision"
APPEAL_RECEIVED = "appeal_received"
APPEAL_JUDGED = "appeal_judged"

# The message is written by the action, in the words of that moment, so the kind itself sends none.
_OURS = {"mail": False, "can_stop": False, "level": kinds.ALWAYS}


def _is_reporter(notification):
    return notification.report.reporter_id == notification.recipient_id


def _may_read(notification):
    return can_see_decision(notification.recipient, notification.decision)


def register():
    """Make the kinds known."""
    for code in (REPORT_RECEIVED, REPORT_CLOSED):
        kinds.register(
            kinds.Kind(
                code=code,
                subject="report",
                can_still_see=_is_reporter,
                why=_("You get this because you reported something."),
                **_OURS,
            )
        )
    kinds.register(
        kinds.Kind(
            code=REPORT_DECIDED,
            subject="decision",
            can_still_see=_may_read,
            why=_("You get this because you reported something."),
            **_OURS,
        )
    )
    kinds.register(
        kinds.Kind(
            code=DECISION,
            subject="decision",
            can_still_see=_may_read,
            why=_("You get this because the decision concerns you."),
            **_OURS,
        )
    )
    for code in (APPEAL_RECEIVED, APPEAL_JUDGED):
        kinds.register(
            kinds.Kind(
                code=code,
                subject="decision",
                can_still_see=_may_read,
                why=_("You get this because the appeal is about a decision that concerns you."),
                **_OURS,
            )
        )
