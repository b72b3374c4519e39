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
from network.pages.sitemaps import SITEMAPS
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
TAKEN_DOWN = f"{WORDS} taken down"


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
            {
                "group": group,
                "owner": owner,
                "topic": topic,
                "reply": reply,
                "file": attachment,
                "post": post,
                "blog": blog,
            }
        )
    hidden_reply = ReplyFactory(body=f"<p>{TAKEN_DOWN}</p>")
    hide_contribution(hidden_reply, actor=None)
    waiting = ReplyFactory(waiting=True, body=f"<p>{WORDS} not released</p>")
    draft = TopicFactory(draft=True, title=f"{WORDS} draft")
    for contribution in (hidden_reply, waiting, draft):
        found.append({"reply": contribution, "topic": contribution.root or contribution})
    return found


PARAMETER = re.compile(
    r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>(?P<expression>[^)]*)\)"
)


class Addresses:
    """What the patterns stand for, once their parameters lead to what is secret."""

    def __init__(self, secrets):
        def keys(*names):
            return sorted({secret[name].pk for secret in secrets for name in names if name in secret})

        def slugs(name, field):
            return sorted({getattr(secret[name], field) for secret in secrets if name in secret})

        said, groups, posts = keys("topic", "reply", "post"), keys("group"), keys("post")
        owners, addresses = slugs("owner", "handle"), slugs("group", "slug")
        # By the beginning of the pattern, what stands for each of its parameters; the first that fits counts.
        self.values = [
            ("contributions/", {"pk": said}),
            ("groups/", {"slug": addresses, "handle": owners, "pk": said}),
            ("blogs/", {"handle": owners, "slug": slugs("post", "slug")}),
            ("members/", {"handle": owners}),
            ("tags/", {"slug": sorted(Tag.objects.values_list("slug", flat=True))}),
            ("files/", {"pk": keys("file"), "name": [f"{PLANTED}.pdf"]}),
            ("spaces/", {"pk": groups}),
            ("sitemap-", {"section": sorted(SITEMAPS)}),
            ("admin/contributions/", {"pk": said}),
            ("admin/discussion-groups/", {"pk": groups}),
            ("admin/administration_posts/", {"pk": posts}),
            ("admin/administration_blogs/", {"pk": keys("blog")}),
            ("admin/users/", {"pk": keys("owner")}),
        ]
        self.numbers = [1, said[0], groups[-1]]
        self.words = [addresses[0]]

    def of(self, door):
        """Every address that the pattern stands for."""
        values = next((values for prefix, values in self.values if door.startswith(prefix)), {})
        found = [door]
        while PARAMETER.search(found[0]):
            match = PARAMETER.search(found[0])
            name = match["name"] or match["group"]
            number = match["converter"] == "int" or name in ("pk", "object_id")
            filling = values.get(name) or (self.numbers if number else self.words)
            found = [PARAMETER.sub(str(value), address, count=1) for address in found for value in filling]
        return ["/" + re.sub(r"[\^$\\]|\(\?:|\)\??", "", address) for address in found]


# What ends the session, shows nothing of ours, or fails on purpose (Wagtail's own trial of its error page).
SKIPPED = re.compile(r"^(static|media)/|logout|set_privacy|styleguide|failwhale|set_position")
QUERIES = [f"?q={SOUGHT}", f"?q={SOUGHT}&kind=topic", f"?tag={PLANTED}-tag-hidden", "?q=an+ordinary+tag"]


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
    addresses = Addresses(secrets)
    leaks, broken, tried = [], [], 0
    for door in doors():
        if SKIPPED.search(door):
            continue
        queries = QUERIES[: 1 if door.startswith("admin/") else None] if "<" not in door else []
        for address in addresses.of(door):
            for query in ["", *queries]:
                tried += 1
                _look(client.get(address + query), address + query, leaks, broken)
    assert tried > 500
    assert not leaks, "\n".join(sorted(set(leaks)))
    assert not broken, "\n".join(sorted(set(broken)))


def _look(response, address, leaks, broken):
    if response.status_code >= 500:
        broken.append(f"{response.status_code} {address}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    told = body.decode(errors="replace") + str(response.headers)
    # Words of the address may be repeated to whoever typed them, where there is nothing to see.
    path, _, query = address.partition("?")
    known = [address, path, query.removeprefix("tag=")]
    if response.status_code != 200:
        known += [word for part in path.split("/") for word in (part, re.sub(r"[-.]", " ", part))]
    # What moderation took down in an open place is still read by those who keep order.
    if path.startswith("/admin/contributions/"):
        known.append(TAKEN_DOWN)
    for words in sorted(filter(None, known), key=len, reverse=True):
        told = told.replace(words, "")
    if PLANTED in told.lower():
        leaks.append(f"{response.status_code} {address}")
