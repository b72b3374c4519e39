"""Sixteen at once, one request in ten of whom writes: what that costs, and that nothing gets lost."""

import http.client
import itertools
import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Sum

from groups.models import Group
from network.conversation import counters
from network.conversation.models import Contribution, Membership, Reaction, Space, ThreadState
from network.members.models import Member

from .load import Measured

NAME = "mixed, one request in ten writes"
WRITES_EACH = 10
WRITERS, TOPICS, GROUPS, MOST_REACTIONS = 40, 5, 50, 2_000
# As CSRF asks: the same in a cookie and in a header.
TOKEN = "a" * 32


@dataclass(frozen=True)
class Write:
    """A form that a member sends, and of what it makes one more."""

    kind: str
    cookie: str
    path: str
    form: dict


@dataclass
class Answered:
    """What the requests of one run came to: seconds of each, bytes, failures, writes accepted by kind."""

    seconds: list = field(default_factory=list)
    bytes: int = 0
    failed: int = 0
    written: Counter = field(default_factory=Counter)

    def measured(self, lasted):
        """The same in the words of wrk; times in milliseconds."""
        cuts = statistics.quantiles(self.seconds, n=100)
        return Measured(
            requests=len(self.seconds),
            rps=round(len(self.seconds) / lasted, 2),
            p50=round(1000 * cuts[49], 2),
            p99=round(1000 * cuts[98], 2),
            failed=self.failed,
        )


class Mixed:
    """The load, prepared while the database is at hand: reads with their sessions, writes that are each new."""

    def __init__(self, bench, pages):
        chance = random.Random("boucle mixed")
        self.bench = bench
        self.reads = [(page.path, bench.cookie(page.member)) for page in pages if page.member]
        writers = list(Member.objects.filter(status="active", suspended_until=None).order_by("pk")[100:140])
        others = [*self._reactions(writers), *self._joins(writers)]
        chance.shuffle(others)
        replies = itertools.cycle(self._replies())
        self.writes = iter([write for other in others for write in (next(replies), other)])
        self.before, self.written = counted(), Counter()

    def _replies(self):
        """Replies to few topics, so that their counters are wanted by many at once."""
        topics = Contribution.objects.released().filter(
            kind="topic", locked=False, audience="", space__visibility="public"
        )
        words = {"language": "fr", "capacity": "personal", "body": "<p>Une réponse parmi d'autres.</p>"}
        chosen = topics.select_related("space").order_by("-thread__reply_count", "pk")[1 : 1 + TOPICS]
        return [
            Write("replies", self.bench.cookie(tie.member), topic.get_absolute_url(), words)
            for topic in chosen
            for tie in Membership.objects.filter(
                space=topic.space_id, state="active", member__status="active"
            )
            .select_related("member")
            .order_by("pk")[:WRITERS]
        ]

    def _reactions(self, writers):
        texts = Contribution.objects.released().filter(space__visibility="public", audience="", root=None)
        authors = dict(texts.order_by("-pk").values_list("pk", "author")[: MOST_REACTIONS // WRITERS])
        known = Reaction.objects.filter(contribution__in=authors, member__in=writers)
        known = set(known.values_list("contribution", "member"))
        return [
            Write("reactions", self.bench.cookie(member), f"/contributions/{key}/react/", {"kind": "useful"})
            for key, author in authors.items()
            for member in writers
            if (key, member.pk) not in known and member.pk != author
        ]

    def _joins(self, writers):
        groups = list(
            Group.objects.filter(join_policy="open", visibility="public", archived_at=None)[:GROUPS]
        )
        known = set(Membership.objects.filter(member__in=writers).values_list("space", "member"))
        return [
            Write("joins", self.bench.cookie(member), f"{group.get_absolute_url()}join/", {"note": ""})
            for group in groups
            for member in writers
            if (group.pk, member.pk) not in known
        ]

    def run(self, connections, seconds):
        """Ask for so many seconds over so many connections; gives what was answered and how long it took."""
        answered, lock = Answered(), threading.Lock()
        turns, until = itertools.count(1), time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._ask, args=(answered, lock, turns, until))
            for _ in range(connections)
        ]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.written += answered.written
        return answered, time.monotonic() - began

    def _ask(self, answered, lock, turns, until):
        line = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=20)
        while time.monotonic() < until:
            with lock:
                turn = next(turns)
                write = next(self.writes, None) if turn % WRITES_EACH == 0 else None
            path, cookie = (write.path, write.cookie) if write else self.reads[turn % len(self.reads)]
            began = time.monotonic()
            try:
                status, size = _send(line, path, cookie, write)
            except OSError:
                line.close()
                status, size = 0, 0
            with lock:
                answered.seconds.append(time.monotonic() - began)
                answered.bytes += size
                answered.failed += status != (302 if write else 200)
                if write and status == 302:
                    answered.written[write.kind] += 1
        line.close()

    def lost(self):
        """What was accepted and isn't there, and counters that drifted, as sentences."""
        now = counted()
        found = [
            f"{count} {kind} accepted, {name} went from {self.before[kind][name]} to {after}"
            for kind, count in self.written.items()
            for name, after in now[kind].items()
            if after - self.before[kind][name] != count
        ]
        return found + [f"{name}: {rows} drifted" for name, rows in counters.drifted().items() if rows]


def _send(line, path, cookie, write):
    headers = {"Accept-Language": "fr", "Cookie": cookie}
    body = None
    if write:
        headers["Cookie"] += f"; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(write.form)
    line.request("POST" if write else "GET", path, body, headers)
    answer = line.getresponse()
    return answer.status, len(answer.read())


def counted():
    """For each sort of write, how many rows there are, and what the counters say."""
    replies = Contribution.objects.released().filter(kind="reply")
    return {
        "replies": {
            "rows": replies.count(),
            "reply counts": ThreadState.objects.aggregate(all=Sum("reply_count"))["all"],
        },
        "reactions": {
            "rows": Reaction.objects.count(),
            "reaction counts": Contribution.objects.aggregate(all=Sum("reaction_count"))["all"],
        },
        "joins": {
            "rows": Membership.objects.filter(state="active").count(),
            "member counts": Space.objects.groups().aggregate(all=Sum("member_count"))["all"],
        },
    }
