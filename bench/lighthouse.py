"""What Lighthouse says of the main pages: `python -m bench.lighthouse path/to/lighthouse`; see `bin/lighthouse`."""

import json
import os
import statistics
import subprocess
import sys

import django

from tests.browser.chromium import ARGUMENTS, find

RUNS = 5
LEAST = 95
# Search engines read what visitors read, and nothing else.
CATEGORIES = {"visitor": ("performance", "accessibility", "best-practices", "seo")}
CATEGORIES["amina"] = CATEGORIES["visitor"][:-1]


def main(program):
    """Print the medians, and the audits that cost points; returns how many medians are too low."""
    from bench.shown import Reader, demo_site, main_pages

    django.setup()
    too_low = 0
    with demo_site() as site:
        for name, categories in CATEGORIES.items():
            reader = Reader(site, "fr", "" if name == "visitor" else name)
            for path in filter(_is_measured, main_pages(reader)):
                medians, faults = _medians(program, reader, path, categories)
                too_low += sum(score < LEAST for score in medians.values())
                scores = "  ".join(f"{category} {score:.0f}" for category, score in medians.items())
                print(f"{path} ({name}): {scores}", flush=True)
                for fault in sorted(faults):
                    print(f"    {fault}")
    return too_low


def _is_measured(path):
    """Home, feed, directories, groups, topics, blogs and posts; forms and settings are much the same."""
    first = path.split("/")[1]
    return first in {"fr", "feed", "groups", "blogs", "members"} and not path.endswith(
        ("/new/", "/help/", "/news/")
    )


def _medians(program, reader, path, categories):
    """The median of each category, out of 100, and the audits that weren't passed in some run."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in reader.jar)
    command = [
        program,
        reader.site + path,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}",
        f"--extra-headers={json.dumps({'Cookie': cookies, 'Accept-Language': reader.language})}",
    ]
    environment = os.environ | {"CHROME_PATH": find() or ""}
    scores, faults = {category: [] for category in categories}, set()
    for _ in range(RUNS):
        said = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
        for category in categories:
            scores[category].append(100 * said["categories"][category]["score"])
            for audit in said["categories"][category]["auditRefs"]:
                score = said["audits"][audit["id"]]["score"]
                if audit["weight"] and score is not None and score < 0.9:
                    faults.add(f"{category}: {said['audits'][audit['id']]['title']}")
    return {category: statistics.median(each) for category, each in scores.items()}, faults


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
