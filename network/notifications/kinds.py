"""What members are told about: each app registers its kinds, in its `AppConfig.ready`.

    kinds.register(
        Kind(
            code="reply",
            subject="contribution",
            can_still_see=can_still_see_reply,
            label=_("Replies to what you wrote"),
            why=_("You get this because you wrote what it answers."),
        )
    )

The template of a kind, `templates/notifications/kinds/<code>.txt`, is one sentence of plain text. It is given
`notification`, `actors` ("Amina and 3 others"), `actor_count` (for the plural) and the subject under its own
name. The same sentence is the line of the list and the subject of the message.
"""

from collections.abc import Callable
from dataclasses import dataclass

MENTIONS, EVERYTHING, DIGEST, ALWAYS = "mentions", "everything", "digest", "always"


@dataclass(frozen=True)
class Kind:
    """A family of news about one sort of subject."""

    code: str
    # Which column of the notification holds its subject: "contribution", "space", "decision", …
    subject: str
    # can_still_see(notification): may its recipient read what it tells? Asked when the news is written and
    # again when it is sent.
    can_still_see: Callable[[object], object]
    # Another template than `notifications/kinds/<code>.txt`.
    template: str = ""
    # Is it also sent by e-mail, as long as the member doesn't refuse?
    mail: bool = True
    # Why the member gets it: a sentence at the end of the message.
    why: object = ""
    # What the preferences call it.
    label: object = ""
    # From which level of a membership on: "mentions" (what concerns the member), "everything" (what is new
    # in the space), "always" (whatever the level).
    level: str = MENTIONS
    # May members refuse the e-mail? Not what the law has the site send them.
    can_stop: bool = True
    # The message is `templates/emails/<mail_template>.{subject.txt,txt,html}`.
    mail_template: str = "notification"
    # The same rule as `can_still_see` for many members at once: who_can_see(members, notification) returns
    # those who may. Give it where the recipients may be many.
    who_can_see: Callable[[list, object], list] | None = None
    # Where its link leads, where that isn't its subject: leads_to(notification) returns an address.
    leads_to: Callable[[object], str] | None = None

    @property
    def sentence_template(self):
        return self.template or f"notifications/kinds/{self.code}.txt"

    @property
    def name(self):
        """What the preferences call it."""
        return self.label or self.why or self.code

    def reaches(self, level):
        """Is a member told whose membership of the space has this level? None is no membership."""
        if self.level == ALWAYS or level is None:
            return True
        return level == EVERYTHING or (level in (MENTIONS, DIGEST) and self.level == MENTIONS)

    def is_mailed(self, level, preference):
        """Does the member also get a message? `preference` is False once refused, None while untouched."""
        if not self.mail:
            return False
        if not self.can_stop:
            return True
        return preference is not False and (level != DIGEST or self.level == ALWAYS)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; a kind of the same code is replaced."""
    _kinds[kind.code] = kind
    return kind


def get(code: str) -> Kind:
    """The kind of this code; KeyError when no app registered it."""
    return _kinds[code]


def registered() -> list[Kind]:
    """Every kind, in the order in which they were registered."""
    return list(_kinds.values())


def refusable() -> list[Kind]:
    """The kinds of which a member may refuse the e-mail."""
    return [kind for kind in _kinds.values() if kind.mail and kind.can_stop]
