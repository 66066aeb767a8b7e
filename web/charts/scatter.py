"""Shares against counts on a logarithmic axis, with their line."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from web.charts.interval_curves import Stroke
from web.charts.scales import Tick, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEFT_HALF = 0.5
# A name longer than this needs more room, so much of the width for each letter more on a phone.
SHORT_NAME, LETTER = 10, 0.02
STEP = 0.2  # of a share, between the ticks


@dataclass(frozen=True, slots=True)
class ScatterPoint:
    """A count from 1 on, a share of 0 to 1 with its interval; ``label`` is drawn beside it unless empty."""

    count: int
    share: float
    low: float
    high: float
    text: str
    label: str = ""
    css_class: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """A point in percent of the plot; ``is_left`` tells that its label has room on its right."""

    x: str
    y: str
    low: str
    high: str
    text: str
    label: str
    css_class: str
    is_left: bool


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points, the line if there is one, and both axes."""

    points: tuple[PlacedPoint, ...]
    line: Stroke | None
    share_ticks: tuple[Tick, ...]
    count_ticks: tuple[Tick, ...]


def scatter(points: Sequence[ScatterPoint], expected: Callable[[float], float] | None) -> Scatter | None:
    """Place points; ``expected`` gives the line's share at a count. None without points."""
    if not points:
        return None
    first = floor(log10(min(point.count for point in points)))
    last = max(ceil(log10(max(point.count for point in points))), first + 1)
    top = min(1.0, ceil(max(point.high for point in points) / STEP) * STEP)

    def x(count: float) -> float:
        return (log10(count) - first) / (last - first)

    def y(share: float) -> str:
        return percent(1 - min(max(share, 0.0), top) / top)

    placed = tuple(
        PlacedPoint(
            percent(x(point.count)),
            y(point.share),
            y(point.low),
            y(point.high),
            point.text,
            point.label,
            point.css_class,
            is_left=x(point.count) < LEFT_HALF - LETTER * max(0, len(point.label) - SHORT_NAME),
        )
        for point in points
    )
    steps = round(top / STEP)
    return Scatter(
        placed,
        _line(points, expected, x, y) if expected else None,
        tuple(Tick(y(step * STEP), f"{step * STEP * 100:.0f} %") for step in range(steps + 1)),
        tuple(Tick(percent(x(10**power)), f"{10**power:,}") for power in range(max(first, 0), last + 1)),
    )


def _line(
    points: Sequence[ScatterPoint],
    expected: Callable[[float], float],
    x: Callable[[float], float],
    y: Callable[[float], str],
) -> Stroke:
    """Draw the line from the least to the greatest count, but not below a share of 0."""
    low, high = min(point.count for point in points), max(point.count for point in points)
    slope = (expected(high) - expected(low)) / (log10(high) - log10(low) or 1)
    if expected(low) < 0 < slope:
        low = min(high, round(10 ** (log10(low) - expected(low) / slope)))
    return Stroke(percent(x(low)), y(expected(low)), percent(x(high)), y(expected(high)))
