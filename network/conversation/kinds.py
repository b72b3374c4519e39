"""What members are told of conversations, and whether they still may be."""

from django.utils.translation import gettext_lazy as _

from network.notifications.kinds import ALWAYS, EVERYTHING, MENTIONS, Kind, register

from .permissions import can_read_space, can_see_contribution, who_sees


def _can_still_see(notification):
    return can_see_contribution(notification.recipient, notification.latest or notification.contribution)


def _who_can_see(members, notification):
    return who_sees(members, notification.latest or notification.contribution)


KINDS = [
    (
        "reply",
        MENTIONS,
        _("Replies to your topics and posts"),
        _("You get this because you wrote what it answers."),
    ),
    (
        "answer",
        MENTIONS,
        _("Answers to your replies"),
        _("You get this because somebody answered your reply."),
    ),
    (
        "mention",
        MENTIONS,
        _("Texts in which somebody mentions you"),
        _("You get this because somebody named you in a text."),
    ),
    (
        "activity",
        EVERYTHING,
        _("Everything in the groups where you asked for it"),
        _("You get this because you asked to be told everything that is said in this place."),
    ),
    (
        "correction",
        MENTIONS,
        _("Corrections of texts that you replied to"),
        _("You get this because you replied to a text whose author has changed its meaning."),
    ),
    (
        "returned",
        ALWAYS,
        _("Texts of yours that could not be published"),
        _("You get this because you posted a text that could not be published."),
    ),
]


def register_kinds():
    """Called once, when the apps are ready."""
    register(
        Kind(
            code="digest",
            subject="space",
            can_still_see=lambda notification: can_read_space(notification.recipient, notification.space),
            level=MENTIONS,
            label=_("The week's news of groups of which you asked for a digest"),
            why=_("You get this on Mondays because you asked for a weekly digest of these groups."),
        )
    )
    for code, level, label, why in KINDS:
        register(
            Kind(
                code=code,
                subject="contribution",
                can_still_see=_can_still_see,
                who_can_see=_who_can_see,
                level=level,
                label=label,
                why=why,
            )
        )
