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


def forget_names(target):
    """Empty what entries about this object say of it in words; that something was done, by whom and when, stays.

    Returns how many entries that was. The database lets nothing else of an entry change.
    """
    entries = AuditEntry.objects.filter(target_model=target._meta.label_lower, target_id=target.pk)
    return entries.update(target_text="", data={})
