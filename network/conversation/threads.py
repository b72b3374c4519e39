"""A thread as one reader sees it: everything that its page shows, in a fixed number of queries."""

import math
from types import SimpleNamespace

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import Truncator

from network.core.editor import to_plain_text

from .models import Bookmark, Contribution, Reaction, ReadingPosition
from .permissions import (
    can_bookmark,
    can_edit_contribution,
    can_react,
    can_reply,
)

PAGE = 20
# How much of a reply a quotation takes, in characters.
QUOTED = 600


class Thread:
    """The replies to a root from number `start` on, with what the reader may do with each.

    `root` comes with its space, author and thread joined. Three queries for a member, one for a visitor.
    """

    def __init__(self, root, member, *, start=1):
        self.root = root
        self.member = member if member and member.is_authenticated else None
        self.answer = can_reply(self.member, root)
        self.last_number = root.thread.last_number if root.released_at else 0
        # Numbers may be fewer than they were: a page beyond the end is the end.
        self.start = max(1, min(start, self.last_number))
        # What the reader reacted to and bookmarked, of the root and the replies shown: primary keys.
        self.mine, self.marked = set(), set()
        self.read_number, self.waiting, self.draft = None, [], None
        if self.member:
            self._read_own()
        self.entries = self._entries()
        shown = [entry.reply.number for entry in self.entries]
        self.shown_until = shown[-1] if shown else min(self.start - 1, self.last_number)

    def _read_own(self):
        """The reader's own: what they did with the root, and what they wrote here that isn't released."""
        position = ReadingPosition.objects.filter(member=self.member, root=OuterRef("pk"))
        unreleased = Q(root=self.root, author=self.member, released_at=None, deleted_at=None)
        rows = self._with_marks(
            Contribution.objects.filter(Q(pk=self.root.pk) | unreleased)
            .annotate(read_number=Subquery(position.values("number")[:1]))
            .select_related("institution", "parent__author")
            .order_by("created_at", "pk")
        )
        for row in rows:
            if row.pk == self.root.pk:
                self.read_number = row.read_number
                continue
            row.author, row.root, row.space = self.member, self.root, self.root.space
            if row.is_waiting:
                self.waiting.append(row)
            else:
                self.draft = self.draft or row

    def _with_marks(self, queryset):
        """The rows as a list, once it is noted which of them the reader reacted to and bookmarked."""
        if self.member is None:
            return list(queryset)
        mine = {"member": self.member, "contribution": OuterRef("pk")}
        rows = list(
            queryset.annotate(
                reacted=Exists(Reaction.objects.filter(**mine)),
                bookmarked=Exists(Bookmark.objects.filter(**mine)),
            )
        )
        self.mine |= {row.pk for row in rows if row.reacted}
        self.marked |= {row.pk for row in rows if row.bookmarked}
        return rows

    def _entries(self):
        replies = self._with_marks(
            Contribution.objects.filter(root=self.root, released_at__isnull=False, number__gte=self.start)
            .select_related("author__institution", "institution", "parent__author")
            .defer("parent__body", "parent__body_text", "body_text")
            .order_by("number")[:PAGE]
        )
        return [self._entry(reply) for reply in replies]

    def _entry(self, reply):
        reply.root, reply.space = self.root, self.root.space
        return SimpleNamespace(
            reply=reply,
            may=self.may(reply),
            reactions=self.reactions(reply),
            new=self.read_number is not None and reply.number > self.read_number and not self._is_mine(reply),
            shows_hidden=self._is_mine(reply) and reply.moderation != Contribution.Moderation.REMOVED,
            reply_url=f"?from={self.start}&parent={reply.number}#reply-form",
            quote_url=f"?from={self.start}&parent={reply.number}&quote={reply.number}#reply-form",
        )

    def quoted(self, number):
        """The words of a reply that the page shows, as plain text to quote, or nothing."""
        shown = (entry.reply for entry in self.entries if entry.reply.number == number)
        reply = next(shown, None)
        if reply is None or reply.moderation != Contribution.Moderation.CLEAR:
            return ""
        return Truncator(to_plain_text(reply.body)).chars(QUOTED)

    def _is_mine(self, contribution):
        return self.member is not None and contribution.author_id == self.member.pk

    def may(self, contribution):
        """What the reader may do with the root or a reply of it, for the component of actions."""
        contribution.is_bookmarked = contribution.pk in self.marked
        return SimpleNamespace(
            react=bool(can_react(self.member, contribution)),
            reply=bool(self.answer),
            bookmark=bool(can_bookmark(self.member, contribution)),
            edit=self._is_mine(contribution) and bool(can_edit_contribution(self.member, contribution)),
            history=contribution.edited_at is not None,
            report=not self._is_mine(contribution),
            take_back=False,
            accept=False,
        )

    def reactions(self, contribution):
        """The figures under a contribution."""
        return [
            SimpleNamespace(
                kind=Reaction.Kind.USEFUL.value,
                label=Reaction.Kind.USEFUL.label,
                icon="thumbs-up",
                count=contribution.reaction_count,
                mine=contribution.pk in self.mine,
            )
        ]

    @property
    def first_unread(self):
        """Number of the first reply that the reader hasn't read, where the page doesn't begin with it; or 0."""
        if self.read_number is None or not self.start <= self.read_number < self.last_number:
            return 0
        return self.read_number + 1

    @property
    def earlier(self):
        """Number from which the piece before this one starts, or 0 at the beginning."""
        return max(1, self.start - PAGE) if self.start > 1 else 0

    @property
    def later(self):
        """Number from which the next piece starts, or 0 at the end."""
        return self.shown_until + 1 if self.entries and self.shown_until < self.last_number else 0


def seconds_left(contribution):
    """Whole seconds until what was posted is released, at least one."""
    return max(1, math.ceil((contribution.published_at - timezone.now()).total_seconds()))
