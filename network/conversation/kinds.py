"""What members are told of conversations, and whether they still may be."""

from django.utils.translation import gettext_lazy as _

from network.notifications.kinds import Kind, register

from .permissions import can_see_contribution


def _still_sees(notification):
    seen = notification.latest or notification.contribution
    return bool(can_see_contribution(notification.recipient, seen))


def register_kinds():
    """Called once, when the apps are ready."""
    for code, why in (
        ("reply", _("You get this because you wrote what it answers.")),
        ("answer", _("You get this because somebody answered your reply.")),
        ("activity", _("You get this because you asked to be told everything that is said in this place.")),
        ("correction", _("You get this because you replied to a text that its author has corrected.")),
        ("returned", _("You get this because you posted a text that could not be published.")),
    ):
        register(Kind(code=code, subject="contribution", can_still_see=_still_sees, why=why))
