"""Bars drawn on the server: whole numbers, which no language writes in another way."""

from dataclasses import dataclass

HEIGHT, TOP, BOTTOM, STEP, GAP, MARGIN = 120, 16, 20, 24, 6, 8
# The numbers above the bars are left out where they would touch.
MOST_NUMBERED = 26


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, the number above it, and the words below it (empty for most)."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    number: int
    label: str


@dataclass(frozen=True)
class Plot:
    """A row of bars; the template `groups/plot.html` shows it."""

    title: str
    width: int
    height: int
    floor: int
    label_y: int
    numbered: bool
    bars: list


def plot(title, numbers, labels):
    """Bars for these numbers, not negative; every fourth of the labels is written below."""
    most = max([*numbers, 1])
    room = HEIGHT - TOP - BOTTOM
    bars = []
    for place, (number, label) in enumerate(zip(numbers, labels, strict=True)):
        height = -(-room * number // most)
        x = MARGIN + place * STEP + GAP // 2
        bars.append(
            Bar(
                x=x,
                y=HEIGHT - BOTTOM - height,
                width=STEP - GAP,
                height=height,
                middle=x + (STEP - GAP) // 2,
                number=number,
                label=label if place % 4 == 0 else "",
            )
        )
    return Plot(
        title=title,
        width=len(bars) * STEP + 2 * MARGIN,
        height=HEIGHT,
        floor=HEIGHT - BOTTOM,
        label_y=HEIGHT - 5,
        numbered=len(bars) <= MOST_NUMBERED,
        bars=bars,
    )
