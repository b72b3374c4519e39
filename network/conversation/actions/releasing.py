"""The moment at which what was posted is seen by others."""

from django.db import transaction
from django.utils import timezone

from network.charter.models import CharterVersion
from network.members.models import Member
from network.notifications.actions import notify

from ..mentions import handles_in
from ..models import Membership, Mention, ReadingPosition, Space, ThreadState
from ..permissions import can_post_contribution
from ..telling import is_held, tell_others
from .counting import count_contribution, locked


@transaction.atomic
def release_contribution(contribution, *, now=None, reviewed=False):
    """Let others see what was posted, once its moment has come; says whether it was released by this call.

    Author, charter, space and moderation are asked again. What may not be released any more goes back to
    its author as a draft, and the author is told. What somebody has to look at first waits for that, until it
    comes back `reviewed`. Safe to call at any time and any number of times: by the
    task of the moment, by the sweep of what was missed, by the author's countdown.
    """
    now = now or timezone.now()
    fresh = locked(contribution)
    if fresh.released_at or fresh.published_at is None or fresh.published_at > now:
        return False
    if fresh.moderation == fresh.Moderation.AWAITING and not reviewed:
        return False
    # Whoever is told of something else at this moment needn't wait for it: two authors could wait for each other.
    author = Member.objects.select_for_update(no_key=True).get(pk=fresh.author_id)
    fresh.author = author
    if CharterVersion.objects.holding_back(author) or not can_post_contribution(author, fresh):
        fresh.published_at = None
        fresh.save(update_fields=["published_at"])
        notify([author], "returned", contribution=fresh)
        return False
    if not reviewed and is_held(fresh):
        fresh.moderation = fresh.Moderation.AWAITING
        fresh.save(update_fields=["moderation"])
        return False
    # What was withdrawn stands where it stood, and nobody is told again.
    again = fresh.was_released_at
    fresh.released_at = again or now
    if fresh.root_id:
        # The thread may have been moved since, too.
        fresh.space = fresh.root.space
        # The blog may have opened to the web since the reply was written: it is read by whom its root is.
        fresh.audience, fresh.audience_space_id = fresh.root.audience, fresh.root.audience_space_id
        thread = ThreadState.objects.select_for_update().get(pk=fresh.root_id)
        thread.last_number += 1
        thread.last_activity_at = now
        thread.last_author = author
        thread.save(update_fields=["last_number", "last_activity_at", "last_author"])
        fresh.number = thread.last_number
        ReadingPosition.objects.update_or_create(
            member=author, root_id=fresh.root_id, defaults={"number": fresh.number}
        )
    elif not again:
        ThreadState.objects.create(
            root=fresh, space_id=fresh.space_id, last_activity_at=now, last_author=author
        )
    fresh.save(update_fields=["released_at", "number", "space", "audience", "audience_space"])
    count_contribution(fresh, 1)
    if not again:
        Space.objects.filter(pk=fresh.space_id).update(last_activity_at=now)
        _tell(fresh, author)
    return True


def tell_mentioned(contribution, author, told):
    """Tell those whom the text names, each once in its life, unless told already; returns their keys."""
    handles = handles_in(contribution.body)
    if not handles:
        return set()
    named = Member.objects.filter(handle__in=handles).exclude(mentions__contribution=contribution.pk)
    new = set(named.values_list("pk", flat=True)) - told
    Mention.objects.bulk_create(
        [Mention(contribution_id=contribution.pk, member_id=key) for key in new], ignore_conflicts=True
    )
    root = contribution.root or contribution
    notify(list(new), "mention", actor=author, contribution=root, latest=contribution)
    return new


def _tell(contribution, author):
    """Who is addressed is told at once; who asked for everything in this place too."""
    told = {author.pk}
    if contribution.root_id:
        if contribution.parent_id:
            parent_author = contribution.parent.author
            told.add(parent_author.pk)
            notify(
                [parent_author], "answer", actor=author, contribution=contribution.root, latest=contribution
            )
        if contribution.root.author_id not in told:
            told.add(contribution.root.author_id)
            notify(
                [contribution.root.author],
                "reply",
                actor=author,
                contribution=contribution.root,
                latest=contribution,
            )
    told |= tell_mentioned(contribution, author, told)
    told |= tell_others(contribution, author)
    wanting_all = Member.objects.filter(
        memberships__space=contribution.space_id,
        memberships__state=Membership.State.ACTIVE,
        memberships__level=Membership.Level.EVERYTHING,
    ).exclude(pk__in=told)
    notify(
        list(wanting_all),
        "activity",
        actor=author,
        contribution=contribution.root or contribution,
        latest=contribution,
    )
