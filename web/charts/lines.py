"""Broken lines over time: what is not measured is not drawn, and no break is bridged."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scales import BOX, Tick, nice_step, units, value_ticks

Point = tuple[float, int]
Segment = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Line:
    """One series as an SVG path; a point that stands alone is a line without length, which round ends make a dot."""

    key: str
    path: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over a shared counting axis that begins at 0, and its ticks."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]


def broken_lines(series: Sequence[tuple[str, Sequence[Segment]]]) -> LineChart:
    """Draw each series by its segments of points (x from 0 to 1 rising, count); segments are never joined."""
    greatest = max((value for _, segments in series for segment in segments for _, value in segment), default=0)
    step = nice_step(greatest)
    top = max(step, -(-greatest // step) * step)
    lines = (Line(key, "".join(_path(segment, top) for segment in segments)) for key, segments in series)
    return LineChart(tuple(lines), tuple(value_ticks(top, step=step)))


def _path(segment: Segment, top: int) -> str:
    points = [f"{units(x)} {units(1 - value / top)}" for x, value in segment]
    if len(points) == 1:
        # Half a unit of the box's thousand: some browsers draw no ends on nothing.
        return f"M{points[0]}h{0.5 if segment[0][0] * BOX < BOX else -0.5}"
    return "M" + "L".join(points) if points else ""
