"""What a browser has to fetch to show each main page: `python -m bench.weight` prints it, in kB as sent.

Style sheets and scripts are followed through their imports. Fails where a page without the editor takes more
than the budget allows. `SITE` names a site that runs already.
"""

import re
import sys
import urllib.parse
import urllib.request
from html.parser import HTMLParser

import django

BUDGET = {"css": 60, "js": 60}
KB = 1000
# The script that brings the editor.
EDITOR = "/js/words."
IMPORTS = {
    "css": re.compile(r'@import\s+(?:url\()?"([^"]+)"'),
    "js": re.compile(r'(?:\bfrom|\bimport)\s*\(?"(\.{0,2}/[^"\s]+)"'),
}


class _Head(HTMLParser):
    """The style sheets, scripts and preloaded fonts that a page names."""

    def __init__(self):
        super().__init__()
        self.files = {"css": [], "js": [], "font": []}

    @property
    def has_editor(self):
        return any(EDITOR in script for script in self.files["js"])

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "script" and "src" in given:
            self.files["js"].append(given["src"])
        if tag == "link" and given.get("rel") == "stylesheet":
            self.files["css"].append(given["href"])
        if tag == "link" and given.get("as") == "font":
            self.files["font"].append(given["href"])


class Fetched:
    """Files as a browser fetches them: compressed, each once."""

    def __init__(self, site):
        self.site = site
        self._known = {}

    def sizes(self, kind, addresses):
        """The size of each of these files and of what they import, by address."""
        found, waiting = {}, [urllib.parse.urljoin(self.site, address) for address in addresses]
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            found[address], words = self._fetch(address)
            for target in IMPORTS[kind].findall(words) if kind in IMPORTS else ():
                waiting.append(urllib.parse.urljoin(address, target))
        return found

    def _fetch(self, address):
        if address not in self._known:
            with urllib.request.urlopen(_asking(address, "gzip"), timeout=60) as answer:  # noqa: S310
                size = len(answer.read())
            with urllib.request.urlopen(_asking(address, "identity"), timeout=60) as answer:  # noqa: S310
                self._known[address] = size, answer.read().decode(errors="replace")
        return self._known[address]


def _asking(address, encoding):
    return urllib.request.Request(address, headers={"Accept-Encoding": encoding})  # noqa: S310


def main():
    """Print the table; returns how many pages are too heavy."""
    from bench.shown import Reader, demo_site, main_pages

    django.setup()
    too_heavy = 0
    with demo_site() as site:
        fetched = Fetched(site)
        print(f"{'page':60} {'HTML':>6} {'CSS':>6} {'JS':>6} {'fonts':>6}")
        for member in ("", "amina"):
            reader = Reader(site, "en", member)
            for path in main_pages(reader):
                page = reader.get(path)
                head = _Head()
                head.feed(page.body.decode())
                weights = {
                    kind: sum(fetched.sizes(kind, addresses).values()) / KB
                    for kind, addresses in head.files.items()
                }
                heavy = not head.has_editor and any(weights[kind] > most for kind, most in BUDGET.items())
                too_heavy += heavy
                remark = (
                    "with the editor, once one writes" if head.has_editor else "too heavy" if heavy else ""
                )
                figures = (len(page.body) / KB, weights["css"], weights["js"], weights["font"])
                name = f"{path} ({member})" if member else path
                print(f"{name:60}" + "".join(f" {figure:6.1f}" for figure in figures) + f"  {remark}")
    return too_heavy


if __name__ == "__main__":
    sys.exit(min(main(), 1))
