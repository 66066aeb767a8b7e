"""Shares over a few waves with their intervals: lines within an instrument, a mark where another begins."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from web.charts.scales import Tick, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

# The scale's top is the least of these that holds every interval, so that small shares can be read.
TOPS = (0.05, 0.1, 0.2, 0.5, 1.0)
INSET = 0.06  # of the width, so that the outermost dots are whole


@dataclass(frozen=True, slots=True)
class ShareDot:
    """One share of a year, 0 to 1; without ``low`` and ``high`` no interval is known."""

    year: int
    share: float
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True)
class PlacedDot:
    """A dot and the ends of its interval, in percent of the plot."""

    x: str
    y: str
    low: str
    high: str
    text: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, in percent of the plot."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class IntervalCurve:
    """Dots, the lines that may join them, the places of breaks, and both axes."""

    dots: tuple[PlacedDot, ...]
    strokes: tuple[Stroke, ...]
    breaks: tuple[str, ...]
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]


def interval_curve(
    segments: Sequence[Sequence[ShareDot]], *, years: Sequence[int], break_years: Sequence[int]
) -> IntervalCurve:
    """Place segments over the given ascending years; a break stands between its year and the one before."""
    dots = [dot for segment in segments for dot in segment]
    highest = max((dot.share if dot.high is None else dot.high for dot in dots), default=0.0)
    top = next((top for top in TOPS if highest <= top), TOPS[-1])
    xs = {year: _x(place, len(years)) for place, year in enumerate(years)}
    return IntervalCurve(
        dots=tuple(_placed(dot, xs, top) for dot in dots),
        strokes=tuple(
            Stroke(percent(xs[one.year]), _y(one.share, top), percent(xs[other.year]), _y(other.share, top))
            for segment in segments
            for one, other in pairwise(segment)
        ),
        breaks=tuple(
            percent((xs[earlier] + xs[later]) / 2)
            for earlier, later in pairwise(years)
            if any(earlier < broken <= later for broken in break_years)
        ),
        ticks=tuple(Tick(_y(value, top), f"{value * 100:g} %") for value in (0.0, top / 2, top)),
        years=tuple(Tick(percent(xs[year]), f"{year}") for year in years),
    )


def _x(place: int, count: int) -> float:
    return 0.5 if count == 1 else INSET + (1 - 2 * INSET) * place / (count - 1)


def _y(share: float, top: float) -> str:
    return percent(1 - share / top)


def _placed(dot: ShareDot, xs: dict[int, float], top: float) -> PlacedDot:
    low = dot.share if dot.low is None else dot.low
    high = dot.share if dot.high is None else dot.high
    return PlacedDot(percent(xs[dot.year]), _y(dot.share, top), _y(low, top), _y(high, top), dot.text)
