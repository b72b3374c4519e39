"""What the Nu HTML checker says of every page outside the administration, for visitors and members.

`python -m bench.html path/to/vnu.jar`; see `bin/check-html`.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import django


def main(checker):
    """Check all pages, print each error once with where it stands; returns how many there are."""
    from bench.shown import LANGUAGES, MEMBERS, Reader, demo_site

    django.setup()
    with tempfile.TemporaryDirectory(prefix="boucle-html-") as folder, demo_site() as site:
        addresses = {}
        for member in ("", *MEMBERS):
            for language in LANGUAGES:
                for page in Reader(site, language, member).pages(each=2):
                    path = Path(folder) / f"{len(addresses)}.html"
                    path.write_bytes(page.body)
                    addresses[path.name] = f"{page.address} ({member or 'visitor'}, {language})"
        print(f"{len(addresses)} pages", flush=True)
        faults = _faults(checker, folder, addresses)
    for words, places in sorted(faults.items(), key=lambda item: -len(item[1])):
        print(f"\n{words}\n    {len(places)} times, for instance on {places[0]}")
    return len(faults)


def _faults(checker, folder, addresses):
    command = ["java", "-jar", checker, "--errors-only", "--format", "json", "--skip-non-html", folder]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    faults = defaultdict(list)
    for message in json.loads(said)["messages"]:
        name = message.get("url", "").rpartition("/")[2]
        # Faults that differ in their numbers alone are one.
        kind = re.sub(r"\d+", "0", message["message"])
        extract = " ".join(message.get("extract", "").split())
        faults[kind].append(f"{addresses.get(name, name)}: {extract}")
    return faults


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
