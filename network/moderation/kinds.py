"""What moderation tells members. Its messages can't be refused: the law has the site send them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.conversation.permissions import can_facilitate
from network.notifications import kinds

from .permissions import can_see_decision

REPORT_RECEIVED = "report_received"
REPORT_CLOSED = "report_closed"
REPORT_DECIDED = "report_decided"
DECISION = "decision"
DECISION_WITHDRAWN = "decision_withdrawn"
AUTHOR_ASKED = "author_asked"
GROUP_CASE = "group_case"
APPEAL_RECEIVED = "appeal_received"
APPEAL_JUDGED = "appeal_judged"

# The message is written by the action, in the words of that moment, so the kind itself sends none.
_OURS = {"mail": False, "can_stop": False, "level": kinds.ALWAYS}


def _is_reporter(notification):
    return notification.report.reporter_id == notification.recipient_id


def _may_read(notification):
    return can_see_decision(notification.recipient, notification.decision)


def _is_author(notification):
    return notification.contribution.author_id == notification.recipient_id


def _keeps_order(notification):
    return can_facilitate(notification.recipient, notification.space)


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
    kinds.register(
        kinds.Kind(
            code=AUTHOR_ASKED,
            subject="contribution",
            can_still_see=_is_author,
            leads_to=lambda notification: reverse("moderation:answer", args=[notification.contribution_id]),
            why=_("You get this because you wrote the text."),
            **_OURS,
        )
    )
    kinds.register(
        kinds.Kind(
            code=GROUP_CASE,
            subject="space",
            can_still_see=_keeps_order,
            leads_to=lambda notification: reverse("moderation:group_cases", args=[notification.space_id]),
            level=kinds.ALWAYS,
            label=_("Reports in groups where you keep order"),
            why=_("You get this because you keep order in this group."),
        )
    )
    for code in (APPEAL_RECEIVED, APPEAL_JUDGED, DECISION_WITHDRAWN):
        kinds.register(
            kinds.Kind(
                code=code,
                subject="decision",
                can_still_see=_may_read,
                why=_("You get this because the appeal is about a decision that concerns you."),
                **_OURS,
            )
        )
