"""The demonstration network in processes of its own, and its pages as its people see them.

`SITE` names one that runs already (http://localhost:8000); without it, one is started and stopped again.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

from django.urls import Resolver404, resolve

from network.core import postgres
from tests.plugins.site import Site

LANGUAGES = ("fr", "nl", "en")
PASSWORD = "boucle-demo"  # noqa: S105 - of the demonstration network alone
MEMBERS = ("amina", "pieter", "sofie")
# What isn't a page of the site, or does something when it is opened.
LEFT_OUT = ("/admin/", "/files/", "/language/", "/media/", "/notifications/stop/", "/static/")
# Pages that no other one links to.
UNLINKED = (
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/signup/",
    "/charter/accept/",
    "/charter/history/1/",
    "/nothing-here/",
    "/offline/",
    "/search/?q=accessibilit",
    "/search/?q=nothing-like-this",
    "/styleguide/",
)

# The pages that stand for the others, for visitors and for members.
FOR_VISITORS = (
    "/{language}/",
    "/{language}/help/",
    "/{language}/news/",
    "/charter/",
    "/charter/history/",
    "/charter/register/",
    "/charter/transparency/",
    "/groups/",
    "/groups/logiciels-libres-opensource/",
    "/blogs/",
    "/tags/",
    "/tags/langage-clair/",
    "/search/?q=accessibilit",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/offline/",
    "/nothing-here/",
)
FOR_MEMBERS = (
    "/feed/",
    "/groups/",
    "/groups/new/",
    "/groups/questions/",
    "/groups/langage-clair-klare-taal/",
    "/groups/langage-clair-klare-taal/members/",
    "/groups/langage-clair-klare-taal/topics/new/",
    "/blogs/",
    "/write/",
    "/members/",
    "/members/amina-benhadou/",
    "/notifications/",
    "/search/?q=accessibilit",
    "/me/",
    "/me/profile/",
    "/me/notifications/",
    "/me/blog/import/",
    "/me/bookmarks/",
    "/me/drafts/",
    "/me/feeds/",
    "/me/reports/",
    "/me/privacy/",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/sessions/",
)


@contextmanager
def demo_site():
    """The address of a running demonstration network."""
    if running := os.environ.get("SITE"):
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="boucle-shown-") as scratch:
        folder = Path(scratch) / "var"
        site = Site(folder, DEMO="1", STYLEGUIDE="1")
        site.start().wait()
        threading.Thread(target=site.main.stdout.read, daemon=True).start()
        try:
            yield site.url
        finally:
            os.killpg(site.main.pid, signal.SIGTERM)
            try:
                site.main.wait(timeout=60)
            except subprocess.TimeoutExpired:
                print("The site doesn't stop.", file=sys.stderr)
            postgres.remove(folder)


@dataclass
class Page:
    """An answer of the site: `size` is what came over the line, in bytes."""

    address: str
    status: int
    headers: dict
    body: bytes
    links: list = field(default_factory=list)

    @property
    def is_html(self):
        return self.headers.get("content-type", "").startswith("text/html")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "a" and (target := dict(attributes).get("href")):
            self.found.append(target)


class Reader:
    """Somebody who reads the site in a language: a visitor, or a member of the demonstration network."""

    def __init__(self, site, language="en", member=""):
        self.site = site
        self.jar = CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open
        self.language = language
        self.is_member = bool(member)
        if member:
            self._log_in(member)
            self.get(f"/language/?to={language}&next=/offline/")

    def get(self, path, data=None):
        """The page at this path; redirects are followed, errors are pages too."""
        request = urllib.request.Request(self.site + path, data, {"Accept-Language": self.language})  # noqa: S310
        try:
            answer = self._open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        page = Page(answer.url.removeprefix(self.site), answer.status, headers, body)
        if page.is_html:
            links = _Links()
            links.feed(body.decode())
            page.links = [urllib.parse.urljoin(answer.url, link) for link in links.found]
        return page

    def cookie(self, start):
        """The value of the cookie whose name starts so, or an empty text."""
        return next((cookie.value for cookie in self.jar if cookie.name.startswith(start)), "")

    def _log_in(self, member):
        self.get("/accounts/login/")
        given = {
            "login": f"{member}@demo.example",
            "password": PASSWORD,
            "csrfmiddlewaretoken": self.cookie("csrf"),
        }
        landed = self.get("/accounts/login/", urllib.parse.urlencode(given).encode())
        if not landed.address.startswith("/feed/"):
            raise SystemExit(f"{member} can't log in at {self.site}: {landed.address}")

    def pages(self, each=3):
        """Every kind of page that the reader finds by following links, `each` of a kind at most."""
        begin = ["/", "/feed/", f"/{self.language}/", *UNLINKED]
        waiting, known, seen = deque(begin), set(begin), Counter()
        while waiting:
            path = waiting.popleft()
            kind = _kind_of(path)
            if seen[kind] >= each:
                continue
            seen[kind] += 1
            page = self.get(path)
            if not page.is_html or page.address.startswith(LEFT_OUT):
                continue
            yield page
            for link in page.links:
                path = link.partition("#")[0].removeprefix(self.site)
                if path.startswith("/") and not path.startswith(LEFT_OUT) and path not in known:
                    known.add(path)
                    waiting.append(path)


def main_pages(reader):
    """The paths of the pages that stand for the others, with a topic, a post and a blog among them."""
    paths = FOR_MEMBERS if reader.is_member else FOR_VISITORS
    group = "langage-clair-klare-taal" if reader.is_member else "logiciels-libres-opensource"
    # A list, and what the first such link on it leads to.
    found = [
        _first_link(reader, f"/groups/{group}/", "/groups/[^/]+/topics/[0-9]+/"),
        _first_link(reader, "/blogs/", "/blogs/[^/]+/"),
        _first_link(reader, "/blogs/", "/blogs/[^/]+/[^/]+-[^/]+/"),
    ]
    return [path.format(language=reader.language) for path in paths] + found


def _first_link(reader, path, wanted):
    links = [link.removeprefix(reader.site) for link in reader.get(path).links]
    return next(link for link in links if re.fullmatch(wanted, link))


def _kind_of(path):
    """What two addresses of the same view and the same parameters have in common."""
    bare, _, query = path.partition("?")
    try:
        view = resolve(bare).view_name
    except Resolver404:
        return bare
    # Pages of one type share a view: each is a kind of its own.
    return (bare if view == "page" else view, tuple(sorted(urllib.parse.parse_qs(query))))
