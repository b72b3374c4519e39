"""Pictures of all main pages in both themes, three languages, at a phone's and a desk's width.

`python -m bench.screenshots --to folder`; `make screenshots` calls it.
"""

import argparse
import itertools
import re
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

THEMES = ("light", "dark")
WIDTHS = (360, 1280)
HEIGHT = 900


def main():
    """Take the pictures, each as folder/language/theme-width/reader-page.png."""
    from bench.shown import LANGUAGES, Reader, demo_site

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--themes", nargs="+", default=THEMES, choices=THEMES)
    parser.add_argument("--widths", nargs="+", default=WIDTHS, type=int)
    wanted = parser.parse_args()
    django.setup()
    with demo_site() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        taken = 0
        for language, member in itertools.product(wanted.languages, ("", "amina")):
            reader = Reader(site, language, member)
            for theme, width in itertools.product(wanted.themes, wanted.widths):
                folder = wanted.to / language / f"{theme}-{width}"
                taken += _take(browser, reader, theme, width, folder, member or "visitor")
        browser.close()
    print(f"{taken} pictures in {wanted.to}")


def _take(browser, reader, theme, width, folder, name):
    """All main pages of a reader; returns how many."""
    from bench.shown import main_pages

    context = browser.new_context(
        base_url=reader.site,
        viewport={"width": width, "height": HEIGHT},
        locale=reader.language,
        color_scheme=theme,
        reduced_motion="reduce",
    )
    context.add_cookies(
        [{"name": cookie.name, "value": cookie.value, "url": reader.site} for cookie in reader.jar]
    )
    folder.mkdir(parents=True, exist_ok=True)
    page = context.new_page()
    paths = main_pages(reader)
    for path in paths:
        page.goto(path, wait_until="load")
        page.screenshot(path=folder / f"{name}-{_file_name(path)}.png", full_page=True)
    context.close()
    return len(paths)


def _file_name(path):
    return re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"


if __name__ == "__main__":
    main()
