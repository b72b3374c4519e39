"""What a run says: the table, the budgets, the file of results and the plot."""

import json
import re
import subprocess
from pathlib import Path

from django.conf import settings

RESULTS = Path(__file__).parent / "results"
LATEST = RESULTS / "latest.json"
MOST_RATIO, MOST_TAIL, MOST_MEGABYTES = 5, 4, 400
# How much more ten times the data may cost.
MOST_GROWTH = 1.25
DOCUMENT = settings.BASE_DIR / "docs" / "performance.md"
_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
COLUMNS = {
    "page": ("page", "{:<38}"),
    "queries": ("queries", "{:>7}"),
    "bytes": ("bytes", "{:>8}"),
    "buffers": ("buffers", "{:>8}"),
    "c1_p50_ms": ("1: p50", "{:>8.1f}"),
    "rps": ("rps", "{:>8.1f}"),
    "p50_ms": ("16: p50", "{:>8.1f}"),
    "p99_ms": ("p99", "{:>8.1f}"),
    "cpu_ms": ("cpu", "{:>7.1f}"),
    "cpu_postgres_ms": ("of it pg", "{:>8.1f}"),
    "bare_ratio": ("× bare", "{:>6.1f}"),
}


def table(rows, before):
    """The figures as text; where a page was measured before, with how its processor time changed."""
    heads = "  ".join(head.rjust(len(form.format(0))) for head, form in list(COLUMNS.values())[1:])
    lines = [f"{'page':<38}  {heads}  change"]
    for row in rows:
        old = before.get((row["scale"], row["page"]))
        change = f"{100 * (row['cpu_ms'] / old['cpu_ms'] - 1):+.0f} %" if old else ""
        lines.append("  ".join(form.format(row[name]) for name, (_, form) in COLUMNS.items()) + f"  {change}")
    return "\n".join(lines)


def over_budget(rows, most_queries):
    """What doesn't keep to the budgets, as sentences."""
    found, smaller = [], {row["page"]: row for row in _kept() if row["scale"] == 1}
    for row in rows:
        base = smaller.get(row["page"], row) if row["scale"] > 1 else row
        checks = {
            f"{row['queries']} queries": row["queries"] > most_queries.get(row["page"], 0),
            f"{row['bare_ratio']:.1f} times the bare stack": row["bare_ratio"] > MOST_RATIO,
            f"p99 is {row['p99_ms'] / max(row['p50_ms'], 0.01):.1f} times p50": row["p99_ms"]
            > MOST_TAIL * row["p50_ms"],
            f"{row['bare_ratio']:.1f} times the bare stack, {base['bare_ratio']:.1f} at scale 1": row[
                "bare_ratio"
            ]
            > MOST_GROWTH * base["bare_ratio"],
            f"{row['buffers']} buffers, {base['buffers']} at scale 1": row["buffers"]
            > MOST_GROWTH * base["buffers"],
            f"{row['failed']} requests failed": row["failed"] > 0,
        }
        found += [f"{row['page']}: {what}" for what, wrong in checks.items() if wrong]
    return found


def committed():
    """The last committed figures by (scale, page); none outside a checkout."""
    shown = subprocess.run(
        ["git", "show", "HEAD:bench/results/latest.json"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    rows = json.loads(shown.stdout) if shown.returncode == 0 else []
    return {(row["scale"], row["page"]): row for row in rows}


def keep(rows):
    """Write the figures; those of other scales stay."""
    RESULTS.mkdir(exist_ok=True)
    scales = {row["scale"] for row in rows}
    rows = [*(row for row in _kept() if row["scale"] not in scales), *rows]
    LATEST.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    (RESULTS / "cost.svg").write_text(plot(rows))
    DOCUMENT.write_text(_FIGURES.sub(lambda found: markdown(rows), DOCUMENT.read_text()))


def _kept():
    return json.loads(LATEST.read_text()) if LATEST.exists() else []


def markdown(rows):
    """The figures as tables of the document, one a scale."""
    lines = []
    for scale in sorted({row["scale"] for row in rows}):
        lines += [
            "",
            f"### Scale {scale:g}",
            "",
            "| " + " | ".join(head for head, _ in COLUMNS.values()) + " |",
        ]
        lines.append("|---|" + "--:|" * (len(COLUMNS) - 1))
        for row in rows:
            if row["scale"] == scale:
                cells = (form.format(row[name]).strip() for name, (_, form) in COLUMNS.items())
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", ""])


def plot(rows):
    """Size against cost: bytes of a page against its processor time, a colour a scale."""
    width, height, left, bottom = 760, 420, 60, 40
    widest = max(row["bytes"] for row in rows) * 1.1
    dearest = max(row["cpu_ms"] for row in rows) * 1.1
    scales = sorted({row["scale"] for row in rows})
    colours = dict(zip(scales, ("#24418f", "#b7410e", "#2e7d32", "#6a1b9a") * len(scales), strict=False))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="11">',
        f'<path d="M{left} 10V{height - bottom}H{width - 10}" fill="none" stroke="#555"/>',
        f'<text x="{width / 2}" y="{height - 8}">kilobytes of the page, to {widest / 1000:.0f}</text>',
        f'<text x="10" y="{height / 2}" transform="rotate(-90 14 {height / 2})">processor, ms, to {dearest:.0f}</text>',
    ]
    for row in rows:
        x = left + (width - left - 20) * row["bytes"] / widest
        y = height - bottom - (height - bottom - 20) * row["cpu_ms"] / dearest
        parts.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colours[row["scale"]]}">'
            f"<title>{row['page']}, scale {row['scale']:g}: {row['cpu_ms']} ms</title></circle>"
        )
    parts += [
        f'<text x="{left + 12}" y="{24 + 16 * index}" fill="{colours[scale]}">scale {scale:g}</text>'
        for index, scale in enumerate(scales)
    ]
    return "\n".join([*parts, "</svg>", ""])
