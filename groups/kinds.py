"""What members are told of groups, and whether they still may be."""

from django.utils.translation import gettext_lazy as _

from network.conversation.permissions import can_see_contribution, can_see_space, who_sees
from network.notifications.kinds import ALWAYS, MENTIONS, Kind, register

from .permissions import can_answer_request, can_review_contribution


def _still_answers(notification):
    return can_answer_request(notification.recipient, notification.space)


def _still_reviews(notification):
    return can_review_contribution(notification.recipient, notification.space)


def _still_sees(notification):
    return can_see_space(notification.recipient, notification.space)


def _still_reads(notification):
    return can_see_contribution(notification.recipient, notification.latest or notification.contribution)


def _who_reads(members, notification):
    return who_sees(members, notification.latest or notification.contribution)


def _register_kinds_of_topics():
    for code, level, label, why in (
        (
            "accepted",
            MENTIONS,
            _("Replies of yours that answer a question"),
            _("You get this because you wrote the reply."),
        ),
        (
            "unanswered",
            MENTIONS,
            _("A reminder of questions of yours that nothing answers yet"),
            _("You get this, once, because you asked the question a week ago."),
        ),
        (
            "announcement",
            MENTIONS,
            _("Announcements in your groups"),
            _("You get this because you belong to the group."),
        ),
        (
            "approved",
            ALWAYS,
            _("First contributions of yours that others see now"),
            _("You get this because you wrote it, and the group looks at first contributions."),
        ),
        (
            "moved",
            MENTIONS,
            _("Words of yours that were moved"),
            _("You get this because you wrote there."),
        ),
    ):
        register(
            Kind(
                code=code,
                subject="contribution",
                can_still_see=_still_reads,
                who_can_see=_who_reads,
                level=level,
                label=label,
                why=why,
            )
        )


def register_kinds():
    """Called once, when the apps are ready."""
    _register_kinds_of_topics()
    for code, still, label, why in (
        (
            "request_to_join",
            _still_answers,
            _("Requests to join your groups"),
            _("You get this because you keep order in the group."),
        ),
        (
            "request_accepted",
            _still_sees,
            _("You are let into a group"),
            _("You get this because you asked to join the group."),
        ),
        (
            "request_refused",
            _still_sees,
            _("A request of yours is refused"),
            _("You get this because you asked to join the group."),
        ),
        (
            "invitation",
            _still_sees,
            _("Invitations to groups"),
            _("You get this because somebody invited you."),
        ),
        (
            "to_review",
            _still_reviews,
            _("Newcomers' first contributions in your groups"),
            _("You get this because you keep order in the group."),
        ),
        (
            "group_approved",
            _still_sees,
            _("A group that you proposed is approved"),
            _("You get this because you proposed the group."),
        ),
        (
            "role_changed",
            _still_sees,
            _("Your role in a group changes"),
            _("You get this because you belong to the group."),
        ),
    ):
        register(
            Kind(
                code=code,
                subject="space",
                can_still_see=still,
                label=label,
                why=why,
                level=ALWAYS,
            )
        )
