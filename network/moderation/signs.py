"""Signs that a profile may be false: for an administrator to look at. Nothing follows from them by itself."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import CharField, Count, F, Func, Value
from django.db.models.functions import MD5, Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Follow
from network.members.models import Member

# How far back one looks, and how much of each sign is shown at most.
LOOKS_BACK = timedelta(days=30)
MOST = 100
# So many people followed in the time above.
MANY_FOLLOWED = 60
# The same words in so many threads or spaces; shorter ones ("Thank you!") say nothing.
MANY_TIMES, SHORTEST_TEXT = 3, 60
# A profile that is still empty after so long.
EMPTY_AFTER = timedelta(days=14)
# Providers of addresses that end after an hour. Administrators verify people, so that the list need not be whole.
THROW_AWAY = (
    "10minutemail.com", "discard.email", "dispostable.com", "emailondeck.com", "fakeinbox.com", "getnada.com",
    "guerrillamail.com", "jetable.org", "mailcatch.com", "maildrop.cc", "mailinator.com", "mintemail.com",
    "moakt.com", "mohmal.com", "sharklasers.com", "spamgourmet.com", "temp-mail.org", "tempmail.net",
    "throwawaymail.com", "trashmail.com", "yopmail.com", "yopmail.fr", "yopmail.net",
)  # fmt: skip

FOLLOWS, REPEATS, THROWS_AWAY, SHARES_PHOTO, EMPTY = "follows", "repeats", "throws_away", "photo", "empty"
LABELS = {
    FOLLOWS: _("Follows very many people in a month"),
    REPEATS: _("Posts the same text again and again"),
    THROWS_AWAY: _("A throw-away e-mail address"),
    SHARES_PHOTO: _("The very photo of another member"),
    EMPTY: _("A profile never filled in"),
}


@dataclass
class Suspect:
    """A member and the signs that were found, in words."""

    member: Member
    codes: set = field(default_factory=set)

    @property
    def signs(self):
        return [label for code, label in LABELS.items() if code in self.codes]


class _LastPart(Func):
    """What stands after the last separator."""

    function = "split_part"
    template = "%(function)s(%(expressions)s, -1)"
    output_field = CharField()


def _mass_followers():
    since = timezone.now() - LOOKS_BACK
    counted = Follow.objects.filter(since__gt=since).values("follower").annotate(number=Count("pk"))
    return counted.filter(number__gte=MANY_FOLLOWED).order_by("-number").values_list("follower", flat=True)


def _repeaters():
    recent = Contribution.objects.annotate(length=Length("body_text")).filter(
        released_at__gt=timezone.now() - LOOKS_BACK, length__gte=SHORTEST_TEXT
    )
    same = recent.values("author", words=MD5("body_text")).annotate(number=Count("pk"))
    return same.filter(number__gte=MANY_TIMES).order_by("-number").values_list("author", flat=True)


def _here():
    return Member.objects.filter(status__in=[Member.Status.PENDING, Member.Status.ACTIVE])


def _throw_away():
    domain = _LastPart(F("email"), Value("@"))
    return (
        _here()
        .alias(domain=domain)
        .filter(domain__in=THROW_AWAY)
        .order_by("-pk")
        .values_list("pk", flat=True)
    )


def _photo_sharers():
    named = _here().exclude(photo="").annotate(picture=_LastPart(F("photo"), Value("/")))
    shared = named.values("picture").annotate(number=Count("pk")).filter(number__gt=1).values("picture")
    return named.filter(picture__in=shared).order_by("picture", "pk").values_list("pk", flat=True)


SEARCHES = {
    FOLLOWS: _mass_followers,
    REPEATS: _repeaters,
    THROWS_AWAY: _throw_away,
    SHARES_PHOTO: _photo_sharers,
}


def suspects():
    """Members with at least one sign, those with most first; five queries, whatever there is.

    That a profile was never filled in is said of those alone who show another sign: by itself it means nothing.
    """
    codes = {}
    for code, search in SEARCHES.items():
        for key in search()[:MOST]:
            codes.setdefault(key, set()).add(code)
    members = _here().filter(pk__in=codes).select_related("institution")
    found = [Suspect(member, codes[member.pk]) for member in members]
    for suspect in found:
        if _is_empty(suspect.member):
            suspect.codes.add(EMPTY)
    return sorted(found, key=lambda suspect: (-len(suspect.codes), -suspect.member.pk))


def _is_empty(member):
    is_old_enough = timezone.now() - member.date_joined > EMPTY_AFTER
    return is_old_enough and not (member.job_title or member.bio or member.photo)
