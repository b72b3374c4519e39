"""What members are told of conversations, and whether they still may be."""

from django.utils.translation import gettext_lazy as _

from network.notifications.kinds import ALWAYS, EVERYTHING, MENTIONS, Kind, register

from .permissions import can_see_contribution, who_sees


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
