"""The record of moderation and administration."""

from .models import AuditEntry


def record(actor, verb, target, **data):
    """Write one audit entry; call it inside the transaction of the action it tells about.

    `verb` is the action's name (`deactivate_member`); `data` must fit JSON and hold no words of members.
    """
    return AuditEntry.objects.create(
        actor=actor,
        verb=verb,
        target_model=target._meta.label_lower,
        target_id=target.pk,
        target_text=str(target)[:200],
        data=data,
    )
