"""The installed Chromium, or Playwright's own; `bin/browser` makes sure that there is one."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find():
    """The path of the installed one; None where there is none."""
    names = filter(None, (os.environ.get("CHROMIUM"), *NAMES))
    return next((path for path in map(shutil.which, names) if path), None)


def launch(playwright):
    """A browser without a window."""
    return playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
