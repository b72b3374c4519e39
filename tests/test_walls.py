"""Nothing of a closed group leaks through any door: every address of the site is tried by those outside.

A new address makes this test fail until it is listed in `tests/doors.txt`: whoever adds it looks at what it
shows. A line there is the pattern of an address, as `doors()` writes it.
"""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from network.conversation.actions import edit_contribution, hide_contribution
from network.conversation.models import Attachment
from network.tags.models import Tag
from tests.factories import (
    BlogFactory,
    GroupFactory,
    InstitutionFactory,
    MemberFactory,
    PostFactory,
    ReplyFactory,
    TopicFactory,
)

KNOWN = Path(__file__).with_name("doors.txt")
# What is looked for, and what must not be found beside it.
SOUGHT, PLANTED = "quagga", "zanzibar"
WORDS = f"{SOUGHT} {PLANTED}"


def doors(resolver=None, prefix=""):
    """Every address of the site, as the patterns that lead to it, joined."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address


def test_every_address_of_the_site_is_known():
    known = set(KNOWN.read_text().splitlines())
    found = set(doors())
    assert not found - known, f"Look at what these show, then add them to {KNOWN.name}"
    assert not known - found, f"These are gone: take them out of {KNOWN.name}"


@pytest.fixture
def secrets(charter, settings, tmp_path):
    """A group of each closed visibility, full of planted words, and what hangs on it."""
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    institution = InstitutionFactory()
    found = []
    for visibility in ("private", "hidden"):
        # The card of a private group is for everybody; nothing else is, and nothing at all of a hidden one.
        card = f"{WORDS} {visibility}" if visibility == "hidden" else "An open secret"
        owner = MemberFactory(institution=institution, handle=f"keeper-{visibility}")
        group = GroupFactory(
            title=card, description=card, visibility=visibility, slug=f"walled-{visibility}", owner=owner
        )
        topic = TopicFactory(
            space=group,
            author=owner,
            title=f"{WORDS} topic {visibility}",
            body=f"<p>{WORDS} in the words</p>",
            tags=[f"{PLANTED}-tag-{visibility}", "an ordinary tag"],
        )
        reply = ReplyFactory(root=topic, author=owner, body=f"<p>{WORDS} in a reply</p>")
        edit_contribution(
            reply, actor=owner, body=f"<p>{WORDS} in a corrected reply</p>", reason=f"{WORDS} reason"
        )
        attachment = Attachment(
            owner=owner, contribution=topic, name=f"{PLANTED}.pdf", content_type="application/pdf", size=4
        )
        attachment.file.save("a.pdf", ContentFile(b"%PDF zanzibar"))
        blog = BlogFactory(owner=owner)
        post = PostFactory(
            space=blog,
            title=f"{WORDS} post",
            body=f"<p>{WORDS} for the group alone</p>",
            audience="group",
            audience_space=group,
        )
        found.append(
            {"group": group, "owner": owner, "topic": topic, "reply": reply, "file": attachment, "post": post}
        )
    hidden_reply = ReplyFactory(body=f"<p>{WORDS} taken down</p>")
    hide_contribution(hidden_reply, actor=None)
    waiting = ReplyFactory(waiting=True, body=f"<p>{WORDS} not released</p>")
    draft = TopicFactory(draft=True, title=f"{WORDS} draft")
    for contribution in (hidden_reply, waiting, draft):
        found.append({"reply": contribution, "topic": contribution.root or contribution})
    return found


def _values(secret):
    """What the parameters of addresses are filled with, by name: always with what leads to the secret."""
    group, owner, topic, reply, file, post = (
        secret.get(name) for name in ("group", "owner", "topic", "reply", "file", "post")
    )
    keys = {thing.pk for thing in (group, owner, topic, reply, file, post) if thing}
    slugs = {group.slug, owner.handle, post.slug} if group else {topic.space.slug}
    slugs |= set(Tag.objects.values_list("slug", flat=True))
    return keys, slugs


PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>(?P<expression>[^)]*)\)")


def _addresses(door, keys, slugs):
    """The addresses that a pattern stands for, its parameters filled with every combination that leads there."""
    door = re.sub(r"\[(\^/)\]\+/", "", door)
    found = [door]
    while any(PARAMETER.search(address) for address in found):
        filled = []
        for address in found:
            match = PARAMETER.search(address)
            name = match["name"] or match["group"]
            number = match["converter"] == "int" or name in ("pk", "id", "object_id", "page_id")
            for value in keys if number else slugs:
                filled.append(address[: match.start()] + str(value) + address[match.end() :])
        found = filled
    return ["/" + re.sub(r"[\^$\\]|\(\?:|\)\??", "", address) for address in found]


SKIPPED = re.compile(r"^(static|media)/|logout|set_privacy|styleguide")
QUERIES = ["", f"?q={SOUGHT}", f"?q={SOUGHT}&kind=topic", f"?tag={PLANTED}-tag-hidden", "?q=an+ordinary+tag"]


def _readers():
    yield "visitor", None
    yield "stranger", MemberFactory(institution=None)
    yield "pending", MemberFactory(pending=True)
    yield "superuser", MemberFactory(superuser=True)


@pytest.mark.parametrize("reader", ["visitor", "stranger", "pending", "superuser"])
def test_no_planted_word_reaches_those_outside(secrets, reader):
    member = dict(_readers())[reader]
    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    if member:
        client.force_login(member)
    leaks, broken, tried = [], [], 0
    for secret in secrets:
        keys, slugs = _values(secret)
        for door in doors():
            if SKIPPED.search(door):
                continue
            for address in _addresses(door, keys, slugs)[:60]:
                for query in QUERIES if "<" not in door else [""]:
                    response = client.get(address + query)
                    tried += 1
                    _look(response, address + query, leaks, broken)
    assert tried > 500
    assert not leaks, "\n".join(sorted(set(leaks)))
    assert not broken, "\n".join(sorted(set(broken)))


def _look(response, address, leaks, broken):
    if response.status_code >= 500:
        broken.append(f"{response.status_code} {address}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    told = body.decode(errors="replace") + str(response.headers)
    # The address itself may be repeated: whoever typed it knew it.
    path, _, query = address.partition("?")
    for known in (address, path, query.removeprefix("tag=") or address):
        told = told.replace(known, "")
    if PLANTED in told.lower():
        leaks.append(address)
