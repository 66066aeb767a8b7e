"""Measured series as charts: lines that break where the series does, marks, and the same numbers as a table."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from web.charts.lines import Point, broken_lines
from web.charts.marks import lay_marks
from web.charts.scales import Tick, day_ticks, midpoints, percent
from web.trend_charts import Column, Reading, TrendChart

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

# Between points farther apart nothing was measured, so that no line leads over: a quarter of a year.
LONGEST_STEP = timedelta(days=92)

# Points of one line between two of its ends.
DaySegment: TypeAlias = "list[tuple[date, int]]"


def curve_chart(
    series: Sequence[tuple[str, str, Mapping[date, int | None], Collection[date]]],
    marks: Sequence[tuple[date, str]] = (),
    *,
    longest_step: timedelta = LONGEST_STEP,
    unknown: str = "",
) -> TrendChart:
    """Draw series, each with its key, label, values by day (None: ``unknown``) and the days it breaks on."""
    days = sorted({day for _, _, values, _ in series for day in values})
    position = _positions(days)
    lines = [
        (key, _placed(cut_segments(values, breaks, longest_step=longest_step), position))
        for key, _, values, breaks in series
    ]
    xs = [position(day) or 0.0 for day in days]
    readings = [
        Reading(
            day,
            (),
            tuple(_shown(values, day, unknown) for _, _, values, _ in series),
            percent(left),
            percent(right - left),
        )
        for day, (left, right) in zip(days, midpoints(xs), strict=True)
    ]
    return TrendChart(
        columns=tuple(Column(key, label, ()) for key, label, _, _ in series),
        plot=broken_lines(lines) if len(days) > 1 else None,
        day_ticks=tuple(Tick(percent(position(day) or 0.0), label) for day, label in day_ticks(days)) if days else (),
        marks=tuple(lay_marks(marks, position)) if days else (),
        readings=tuple(readings),
    )


def _placed(segments: Sequence[DaySegment], position: Callable[[date], float | None]) -> list[list[Point]]:
    return [[(position(day) or 0.0, value) for day, value in segment] for segment in segments]


def _positions(days: Sequence[date]) -> Callable[[date], float | None]:
    if not days:
        return lambda _day: None
    first, last = days[0], days[-1]
    span = (last - first).days or 1
    return lambda day: (day - first).days / span if first <= day <= last else None


def _shown(values: Mapping[date, int | None], day: date, unknown: str) -> str:
    if day not in values:
        return "–"
    value = values[day]
    return unknown if value is None else f"{value:,}"


def cut_segments(
    values: Mapping[date, int | None], breaks: Collection[date], *, longest_step: timedelta = LONGEST_STEP
) -> list[DaySegment]:
    """Cut a series at its breaks, at unknown values and where nothing was measured for long."""
    known = [(day, value) for day, value in sorted(values.items()) if value is not None]
    unknown = [day for day, value in values.items() if value is None]
    segments: list[DaySegment] = [[]]
    cuts = {
        later
        for (earlier, _), (later, _) in pairwise(known)
        if later in breaks or later - earlier > longest_step or any(earlier < day < later for day in unknown)
    }
    for day, value in known:
        if day in cuts:
            segments.append([])
        segments[-1].append((day, value))
    return [segment for segment in segments if segment]
