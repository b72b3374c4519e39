"""What members do with what others say: react, bookmark, read."""

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from network.core.answers import require

from ..models import Bookmark, Contribution, Membership, Reaction, ReadingPosition, ThreadState
from ..permissions import can_bookmark, can_react


@transaction.atomic
def react(contribution, *, actor, on=True, kind=Reaction.Kind.USEFUL):
    """Say that it served, or take that back; says whether that changed anything."""
    if on:
        require(can_react(actor, contribution))
        changed = Reaction.objects.get_or_create(member=actor, contribution_id=contribution.pk, kind=kind)[1]
    else:
        changed = bool(
            Reaction.objects.filter(member=actor, contribution=contribution.pk, kind=kind).delete()[0]
        )
    if changed:
        Contribution.objects.filter(pk=contribution.pk).update(
            reaction_count=F("reaction_count") + (1 if on else -1)
        )
    return changed


def bookmark(contribution, *, actor, on=True):
    """Keep it among one's bookmarks, or let it go; says whether that changed anything."""
    if on:
        require(can_bookmark(actor, contribution))
        return Bookmark.objects.get_or_create(member=actor, contribution_id=contribution.pk)[1]
    return bool(Bookmark.objects.filter(member=actor, contribution=contribution.pk).delete()[0])


def mark_read(root, *, actor, number):
    """The actor has read the thread up to reply `number` (0: the opening alone); never moves back.

    Says whether that changed anything. One statement, since every page of a thread says it.
    """
    table = ReadingPosition._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS known (member_id, root_id, number, read_at) VALUES (%s, %s, %s, %s) "  # noqa: S608
            "ON CONFLICT (member_id, root_id) DO UPDATE SET number = excluded.number, read_at = excluded.read_at "
            "WHERE known.number < excluded.number",
            [actor.pk, root.pk, number, timezone.now()],
        )
        return bool(cursor.rowcount)


def mark_all_read(*, actor, space=None):
    """The actor has read everything in one of their groups, or in all of them; returns how many threads it was.

    One statement: only threads in which there was something to read since the actor joined are written.
    """
    positions, threads = ReadingPosition._meta.db_table, ThreadState._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {positions} AS known (member_id, root_id, number, read_at) "  # noqa: S608
            f"SELECT m.member_id, t.root_id, t.last_number, %(now)s FROM {threads} t "
            f"JOIN {Membership._meta.db_table} m ON m.space_id = t.space_id AND t.last_activity_at > m.joined_at "
            "WHERE m.member_id = %(member)s AND m.state = 'active' AND m.role <> 'follower' "
            "AND (%(space)s::bigint IS NULL OR m.space_id = %(space)s) "
            "ON CONFLICT (member_id, root_id) DO UPDATE SET number = excluded.number, read_at = excluded.read_at "
            "WHERE known.number < excluded.number",
            {"now": timezone.now(), "member": actor.pk, "space": space and space.pk},
        )
        return cursor.rowcount
