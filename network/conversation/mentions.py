"""Members named in a text with @handle: linked where the name is known, and found again in what was kept."""

import re

from network.members.models import Member

_NAMED = re.compile(r"(?<![\w@/.-])@([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)(?![\w-])", re.IGNORECASE)
_TAG = re.compile(r"(<[^>]+>)")
_LINK = re.compile(r'<a href="/members/([a-z0-9-]+)/"[^>]*>@')
# Inside these, an @ is a part of what stands there already.
_LEFT_ALONE = ("a", "code", "pre")


def handles_in(html):
    """The handles, each once and in order, that cleaned HTML links as mentions."""
    return list(dict.fromkeys(_LINK.findall(html)))


def link_mentions(html):
    """Cleaned HTML in which each @handle of a member who takes part leads to their profile; one query at most."""
    parts = list(_parts(html))
    named = {name.lower() for text, free in parts if free for name in _NAMED.findall(text)}
    if not named:
        return html
    known = set(Member.objects.filter(handle__in=named, status="active").values_list("handle", flat=True))
    return "".join(
        _NAMED.sub(lambda match: _link(match, known), text) if free else text for text, free in parts
    )


def _link(match, known):
    handle = match[1].lower()
    return f'<a href="/members/{handle}/">@{handle}</a>' if handle in known else match[0]


def _parts(html):
    """Each tag and each text between tags, with whether the text may hold mentions."""
    inside = 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = part.strip("</>").split()[0].lower()
            if name in _LEFT_ALONE:
                inside += -1 if part.startswith("</") else 1
            yield part, False
        else:
            yield part, not inside
