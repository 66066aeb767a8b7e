"""The lines of compared items as a drawing without script, and the same for the browser's chart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from web.charts.lines import Line, LineChart
from web.charts.scales import Tick, day_ticks, nice_step, percent, units, value_ticks
from web.trend_charts import PLOT_HEIGHT
from web.zoomable import zoomable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from market.screen.compared import ComparedItem, Point

TOP = 12  # pixels
MONTHS_OF_YEAR = 12
# Half a day, as a share of a month: no point of any line stands there, so that a line can end.
END_MONTHS = 0.016


@dataclass(frozen=True, slots=True)
class Drop:
    """Where a line ends because its item is no older yet: from the last point down to the axis."""

    key: str
    x: str
    y: str
    name: str


@dataclass(frozen=True, slots=True)
class CompareChart:
    """A drawing; ``plot`` is None for less than two points. ``left_out`` counts zeros, which have no logarithm."""

    plot: LineChart | None
    day_ticks: tuple[Tick, ...]
    drops: tuple[Drop, ...]
    left_out: int

    marks = ()
    readings = ()
    top = TOP
    plot_height = PLOT_HEIGHT
    bottom = TOP + PLOT_HEIGHT
    height = TOP + PLOT_HEIGHT + 26


def compare_chart(items: Sequence[ComparedItem], *, is_log: bool) -> CompareChart:
    """Draw each item's segments; by date, or by months where the points have them."""
    points = [point for one in items for segment in one.segments for point in segment]
    drawn = [point for point in points if point.value > 0] if is_log else points
    if len({_x(point) for point in drawn}) < 2:  # noqa: PLR2004  (a line needs two)
        return CompareChart(None, (), (), len(points) - len(drawn))
    x, ticks = _across(drawn)
    y, value_marks = _log_scale(drawn) if is_log else _linear_scale(drawn)
    lines = tuple(Line(f"line-{place}", _path(one, x, y)) for place, one in enumerate(items, start=1))
    return CompareChart(
        LineChart(lines, tuple(value_marks)), tuple(ticks), _drops(items, x, y), len(points) - len(drawn)
    )


def _x(point: Point) -> float:
    return float(point.day.toordinal()) if point.months is None else point.months


def _across(points: Sequence[Point]) -> tuple[Callable[[Point], float], list[Tick]]:
    """Give a point's place between the first (or month 0) and the last, and the labelled days or months."""
    last = max(_x(point) for point in points)
    if points[0].months is not None:
        step = MONTHS_OF_YEAR * nice_step(last / MONTHS_OF_YEAR, ticks=8) if last > MONTHS_OF_YEAR else 2
        return lambda point: _x(point) / last, [
            Tick(percent(month / last), f"{month}") for month in range(0, int(last) + 1, step)
        ]
    days = sorted(point.day for point in points)
    first = float(days[0].toordinal())
    span = last - first
    ticks = [Tick(percent((day.toordinal() - first) / span), label) for day, label in day_ticks(days)]
    return lambda point: (_x(point) - first) / span, ticks


def _linear_scale(points: Sequence[Point]) -> tuple[Callable[[int], float | None], list[Tick]]:
    greatest = max(point.value for point in points)
    step = nice_step(greatest)
    top = max(step, -(-greatest // step) * step)
    return lambda value: 1 - value / top, value_ticks(top, step=step)


def _log_scale(points: Sequence[Point]) -> tuple[Callable[[int], float | None], list[Tick]]:
    """Span whole powers of ten; a zero has no place."""
    low = math.floor(math.log10(min(point.value for point in points)))
    high = max(low + 1, math.ceil(math.log10(max(point.value for point in points))))
    ticks = [Tick(percent((high - power) / (high - low)), f"{10**power:,}") for power in range(low, high + 1)]
    return lambda value: (high - math.log10(value)) / (high - low) if value > 0 else None, ticks


def _path(one: ComparedItem, x: Callable[[Point], float], y: Callable[[int], float | None]) -> str:
    path = []
    for segment in one.segments:
        placed = [(x(point), height) for point in segment if (height := y(point.value)) is not None]
        texts = [f"{units(across)} {units(height)}" for across, height in placed]
        if len(texts) == 1:
            path.append(f"M{texts[0]}h{0.5 if placed[0][0] < 1 else -0.5}")
        elif texts:
            path.append("M" + "L".join(texts))
    return "".join(path)


def _drops(
    items: Sequence[ComparedItem], x: Callable[[Point], float], y: Callable[[int], float | None]
) -> tuple[Drop, ...]:
    """Mark the ends of the lines that others outlast."""
    ends = {
        place: max((_x(point) for point in one.segments[-1]), default=0.0)
        for place, one in enumerate(items)
        if one.segments
    }
    last = max(ends.values(), default=0.0)
    found = []
    for place, end in ends.items():
        one = items[place]
        height = y(one.segments[-1][-1].value)
        if one.is_censored and end < last and height is not None:
            found.append(Drop(f"line-{place + 1}", percent(x(one.segments[-1][-1])), percent(height), one.name))
    return tuple(found)


def zoomable_lines(items: Sequence[ComparedItem], *, is_log: bool) -> dict[str, Any]:
    """Return what the script reads: lines over Unix seconds, or over ``months`` of age."""
    lines = [
        (f"line-{place}", one.name, [segment for part in one.segments if (segment := _kept(part, is_log=is_log))])
        for place, one in enumerate(items, start=1)
    ]
    if not any(point.months is not None for one in items for segment in one.segments for point in segment):
        days = [(key, name, [[(p.day, p.value) for p in part] for part in parts]) for key, name, parts in lines]
        return zoomable(days) | {"log": is_log}
    ages = sorted({age for _, _, parts in lines for part in parts for age in (_start(part), *map(_x, part))})
    return {
        "at": [round(age, 3) for age in ages],
        "lines": [{"key": key, "label": name, "values": _values(parts, ages)} for key, name, parts in lines],
        "months": True,
        "log": is_log,
    }


def _kept(segment: Sequence[Point], *, is_log: bool) -> list[Point]:
    return [point for point in segment if point.value > 0 or not is_log]


def _start(segment: Sequence[Point]) -> float:
    return _x(segment[0]) - END_MONTHS


def _values(segments: Sequence[Sequence[Point]], ages: Sequence[float]) -> list[int | str | None]:
    """Give a value, "" inside a segment where only others have a point, None where the line ends."""
    values: dict[float, int | str] = {}
    for segment in segments:
        inside = [age for age in ages if _x(segment[0]) <= age < _x(segment[-1])]
        values |= dict.fromkeys(inside, "") | {_x(point): point.value for point in segment}
    return [values.get(age) for age in ages]
