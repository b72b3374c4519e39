"""That the charter will change is told to every member, some hundred at a time."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.charter.models import CharterVersion
from network.members.models import Member

from . import actions, kinds

ANNOUNCED = "charter_announced"
AT_ONCE = 500


def _is_announced(notification):
    return CharterVersion.objects.announced() is not None


def _who_can_see(members, notification):
    return members if _is_announced(notification) else []


def _what_changes(notification):
    version = CharterVersion.objects.announced()
    return reverse("charter:changes", args=[version.number]) if version else reverse("charter:charter")


def register():
    """Make the kind known. It can't be refused: the law has the site tell its members of new terms."""
    kinds.register(
        kinds.Kind(
            code=ANNOUNCED,
            # Who announced it: one subject for all, so that they are told together.
            subject="member",
            can_still_see=_is_announced,
            who_can_see=_who_can_see,
            leads_to=_what_changes,
            why=_("You get this because the rules that you accepted change."),
            level=kinds.ALWAYS,
            can_stop=False,
        )
    )


@transaction.atomic
def tell_some_of_announcement():
    """Tell the next members that a version of the charter was announced; returns how many. Safe to repeat.

    Each batch is a transaction that says how far it came: whatever stops the work, nobody is told twice.
    """
    announced = CharterVersion.objects.announced()
    if announced is None:
        return 0
    version = CharterVersion.objects.select_for_update().get(pk=announced.pk)
    members = Member.objects.filter(pk__gt=version.told_up_to, is_active=True).order_by("pk")
    keys = list(members.values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        actions.notify(keys, ANNOUNCED, member=version.announced_by)
        version.told_up_to = keys[-1]
        version.save(update_fields=["told_up_to"])
    return len(keys)
