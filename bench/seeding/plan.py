"""Who belongs where and who says what, before a word of it is written: counters follow from it."""

from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from random import Random

from .figures import (
    BEGINNING,
    END,
    LONG_TOPIC,
    READERS_GROUPS,
    READERS_PEOPLE,
    SHORT_TOPIC,
    Figures,
)

LANGUAGES, SHARES = ("fr", "nl", "en"), (45, 35, 20)
PRIVATE_EACH, HIDDEN_EACH = 25, 50
# One in so many topics and posts is for the network or for a group alone.
NARROWED_EACH = 20
MEASURES = ("label", "hide", "lock")


@dataclass
class Place:
    """A group or a blog. `people` are its members, the owner first; `followers` those of a blog."""

    key: int
    kind: str
    rank: int
    visibility: str
    language: str
    people: list
    followers: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    roots: list = field(default_factory=list)
    replies_counted: int = 0
    roots_counted: int = 0
    last_activity: object = BEGINNING

    @property
    def is_open(self):
        return self.visibility in ("public", "network")


@dataclass(slots=True)
class Said:
    """A contribution without its words. `key` is given once all of them are in the order of time."""

    place: Place
    author: int
    at: object
    language: str
    root: object = None
    parent: object = None
    number: int = None
    key: int = 0
    audience: str = ""
    moderation: str = "clear"
    measure: str = ""
    tags: tuple = ()
    reactions: int = 0
    # Of a root: its replies in their order.
    replies: list = None

    @property
    def kind(self):
        if self.root is not None:
            return "reply"
        return "topic" if self.place.kind == "group" else "post"

    @property
    def counts(self):
        return self.moderation == "clear"


class Plan:
    """The whole network at a scale; `starts` gives the first free key of members, tags, spaces, contributions."""

    def __init__(self, scale, starts):
        self.figures = Figures.at(scale)
        self.starts = starts
        figures = self.figures
        self.members = range(starts["members"], starts["members"] + figures.members)
        self.tags = range(starts["tags"], starts["tags"] + figures.tags)
        # The one whose pages are measured, then those with a role.
        self.reader = self.members[0]
        self.administrator, self.moderators = self.members[1], self.members[2:7]
        self._tag_weights = list(accumulate(1 / rank for rank in range(1, figures.tags + 1)))
        self._plan_people()
        self._plan_groups()
        self._plan_blogs()
        self._plan_conversations()
        self._plan_cases()
        self._plan_habits()
        self._count()

    def chance(self, part):
        """A source of chance of its own for each part: changing one leaves the others as they are."""
        return Random(f"boucle {part}")

    def some_tags(self, chance, most):
        """From one to `most` different tags, the first of the list the most often."""
        count = chance.randint(1, most)
        return tuple({self.tags[self._one_tag(chance)] for _ in range(count)})

    def _one_tag(self, chance):
        return bisect(self._tag_weights, chance.random() * self._tag_weights[-1])

    def _plan_people(self):
        chance = self.chance("people")
        self.languages = chance.choices(LANGUAGES, weights=SHARES, k=len(self.members))
        self.expertise = [self.some_tags(chance, 4) for _ in self.members]

    def language_of(self, member):
        return self.languages[member - self.members[0]]

    def _plan_groups(self):
        chance, figures = self.chance("groups"), self.figures
        self.groups = []
        step = max(1, figures.groups // READERS_GROUPS)
        for rank in range(1, figures.groups + 1):
            people = chance.sample(self.members, figures.size_of_group(rank))
            if rank % step == 1 % step and rank // step < READERS_GROUPS and self.reader not in people:
                people[-1] = self.reader
            self.groups.append(
                Place(
                    key=self.starts["spaces"] + rank - 1,
                    kind="group",
                    rank=rank,
                    visibility=_visibility(rank),
                    language=chance.choices(LANGUAGES, weights=SHARES)[0],
                    people=people,
                    tags=self.some_tags(chance, 3),
                    last_activity=BEGINNING,
                )
            )

    def _plan_blogs(self):
        chance, figures = self.chance("blogs"), self.figures
        start = self.starts["spaces"] + figures.groups
        owners = chance.sample(self.members[7:], min(figures.blogs, figures.members - 7))
        self.blogs = [
            Place(
                key=start + index,
                kind="blog",
                rank=index + 1,
                visibility="network" if index % 10 in (3, 6, 9) else "public",
                language=self.language_of(owner),
                people=[owner],
                tags=self.some_tags(chance, 3),
            )
            for index, owner in enumerate(owners)
        ]
        followed = set()
        while len(followed) < figures.blog_follows:
            blog = int(len(self.blogs) * chance.random() ** 2)
            follower = chance.choice(self.members)
            if (blog, follower) not in followed and follower != owners[blog]:
                followed.add((blog, follower))
                self.blogs[blog].followers.append(follower)

    def _plan_conversations(self):
        chance, figures = self.chance("conversations"), self.figures
        topics = self._roots(chance, self.groups, figures.topics)
        posts = self._roots(chance, self.blogs, figures.posts)
        long = max(1, round(figures.scale))
        longest = min(LONG_TOPIC, figures.replies // 4)
        fixed = dict.fromkeys(range(long), longest)
        # The most looked at is the largest group: its second topic is the short one.
        fixed[long] = min(SHORT_TOPIC, figures.replies // 8)
        self.long_topic, self.short_topic = topics[0], topics[long]
        self.short_post = posts[0]
        replies = self._replies(chance, topics, figures.replies, fixed)
        comments = self._replies(
            chance, posts, figures.comments, {0: min(SHORT_TOPIC, figures.comments // 8)}
        )
        self.said = sorted([*topics, *posts, *replies, *comments], key=lambda said: said.at)
        for key, said in enumerate(self.said, start=self.starts["contributions"]):
            said.key = key

    def _roots(self, chance, places, count):
        """Topics or posts: one for each place where there are enough, the larger places having more."""
        weights = list(accumulate((place.rank + 3) ** -0.6 for place in places))
        chosen = [places[0], *places[: count - 1]]
        chosen += chance.choices(places, cum_weights=weights, k=max(0, count - len(chosen)))
        roots = []
        for index, place in enumerate(chosen):
            at = BEGINNING + (END - BEGINNING) * chance.uniform(0.02, 0.98)
            narrowed = index > 1 and index % NARROWED_EACH == 7 and place.kind == "blog"
            roots.append(
                Said(
                    place=place,
                    author=_someone(chance, place.people),
                    at=at,
                    language=_language(chance, place.language),
                    audience="network" if narrowed else "",
                    tags=self.some_tags(chance, 4),
                    replies=[],
                )
            )
            place.roots.append(roots[-1])
        return roots

    def _replies(self, chance, roots, count, fixed):
        """So many replies: as `fixed` says by index of the root, the others as it comes, some roots liked most."""
        roots_of = [roots[index] for index, number in fixed.items() for _ in range(number)]
        free = [root for index, root in enumerate(roots) if index not in fixed]
        # One root in three gets none; the best liked get several dozen.
        weights = list(accumulate(max(0.0, chance.gauss(0.5, 1)) ** 2 for _ in free))
        roots_of += chance.choices(free, cum_weights=weights, k=max(0, count - len(roots_of)))
        by_root = defaultdict(int)
        for root in roots_of:
            by_root[id(root)] += 1
        replies = []
        for root in roots:
            moments = sorted(
                root.at + min(timedelta(days=chance.expovariate(1 / 9)), (END - root.at) * chance.random())
                for _ in range(by_root[id(root)])
            )
            people = root.place.people if root.place.kind == "group" else self.members
            for number, at in enumerate(moments, start=1):
                parent = (
                    root.replies[chance.randrange(number - 1)]
                    if number > 1 and chance.random() < 0.3
                    else None
                )
                root.replies.append(
                    Said(
                        place=root.place,
                        author=_someone(chance, people),
                        at=at,
                        language=_language(chance, root.language),
                        root=root,
                        parent=parent,
                        number=number,
                        audience=root.audience,
                    )
                )
            replies += root.replies
        return replies

    def _plan_cases(self):
        chance, figures = self.chance("cases"), self.figures
        kept = {id(self.long_topic), id(self.short_topic), id(self.short_post)}
        reportable = [
            said for said in self.said if id(said) not in kept and said.author not in self.members[:7]
        ]
        chosen = chance.sample(reportable, figures.decided_cases + figures.open_cases)
        self.decided, self.undecided = chosen[: figures.decided_cases], chosen[figures.decided_cases :]
        for index, said in enumerate(self.decided):
            if index % 2:
                said.measure = MEASURES[index // 2 % 3]
                if said.measure == "lock" and said.root is not None:
                    said.measure = "hide"
                if said.measure == "hide":
                    said.moderation = "hidden"

    def _plan_habits(self):
        chance, figures = self.chance("habits"), self.figures
        self.reactions = set()
        while len(self.reactions) < figures.reactions:
            said = self.said[int(len(self.said) * chance.random() ** 1.3)]
            people = said.place.people if said.place.kind == "group" else self.members
            member = _someone(chance, people)
            if (said.key, member) not in self.reactions:
                self.reactions.add((said.key, member))
                said.reactions += 1
        self.follows = {
            (self.reader, followed) for followed in chance.sample(self.members[1:], READERS_PEOPLE)
        }
        while len(self.follows) < figures.member_follows:
            follower, followed = chance.choice(self.members), _someone(chance, self.members)
            if follower != followed:
                self.follows.add((follower, followed))
        self.tag_follows = {(self.reader, tag) for tag in self.tags[2:12]}
        while len(self.tag_follows) < figures.tag_follows:
            self.tag_follows.add((chance.choice(self.members), self.tags[self._one_tag(chance)]))
        self._plan_readings(chance)

    def _plan_readings(self, chance):
        """Reading positions: of whoever replied, then of members of groups that come by."""
        self.readings = {}
        for said in self.said:
            if said.root is not None and len(self.readings) < self.figures.reading_positions // 2:
                self.readings[said.author, said.root.key] = said.number
        talking = [group for group in self.groups if group.roots]
        for group in talking:
            if self.reader in group.people:
                for root in group.roots[: len(group.roots) // 2]:
                    self.readings[self.reader, root.key] = len(root.replies)
        weights = list(accumulate(len(group.people) for group in talking))
        for group in chance.choices(talking, cum_weights=weights, k=3 * self.figures.reading_positions):
            if len(self.readings) >= self.figures.reading_positions:
                break
            root = chance.choice(group.roots)
            key = (chance.choice(group.people), root.key)
            self.readings.setdefault(key, chance.randint(0, len(root.replies)))

    def _count(self):
        self.contributions_of, self.uses_of = Counter(), Counter()
        for said in self.said:
            place = said.place
            place.last_activity = max(place.last_activity, said.at)
            if not said.counts:
                continue
            self.contributions_of[said.author] += 1
            if said.root is None:
                place.roots_counted += 1
            else:
                place.replies_counted += 1
            if place.is_open and said.audience != "group":
                self.uses_of.update(said.tags)
        self.followers_of = Counter(followed for _, followed in self.follows)


def _visibility(rank):
    if rank % HIDDEN_EACH == 13:
        return "hidden"
    if rank % PRIVATE_EACH == 7:
        return "private"
    return "network" if rank % 2 else "public"


def _someone(chance, people):
    """One of these people; few say much, most say little."""
    return people[int(len(people) * chance.random() ** 2)]


def _language(chance, language):
    return language if chance.random() < 0.85 else chance.choices(LANGUAGES, weights=SHARES)[0]
