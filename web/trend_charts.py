"""Series of the landscape as charts: geometry, axis, marks, and the same numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.charts.areas import AreaChart, stacked_areas
from web.charts.bars import BarChart, diverging_bars
from web.charts.marks import ROW_HEIGHT, Mark, lay_marks
from web.charts.scales import Tick, day_ticks, midpoints, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from projects.trends import TimeAxis
    from web.charts.lines import LineChart

PLOT_HEIGHT = 190  # pixels


@dataclass(frozen=True, slots=True)
class Column:
    """A series as a reader names it; ``hue`` is its class in the drawing, its key where none is given."""

    key: str
    label: str
    values: Sequence[int]
    hue: str = ""

    @property
    def drawn_as(self) -> str:
        """The class that gives it its colour."""
        return self.hue or self.key


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of one day, also as text, and the stretch of the plot where a pointer means them."""

    day: date
    values: tuple[int, ...]
    shown: tuple[str, ...]
    left: str
    width: str

    @property
    def text(self) -> str:
        """The whole reading in a line."""
        return " · ".join((self.day.isoformat(), *self.shown))


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A drawing with all that stands around it; ``plot`` is None for less than two days."""

    columns: tuple[Column, ...]
    plot: AreaChart | BarChart | LineChart | None
    day_ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    readings: tuple[Reading, ...]

    @property
    def top(self) -> int:
        """Where the plot begins, in pixels: below the rows of letters, if there are any."""
        return 12 + ROW_HEIGHT * max((mark.row + 1 for mark in self.marks), default=0)

    @property
    def bottom(self) -> int:
        """Where the plot ends, in pixels."""
        return self.top + PLOT_HEIGHT

    @property
    def height(self) -> int:
        """The whole drawing's height, in pixels: days stand below the plot."""
        return self.bottom + 26

    @property
    def plot_height(self) -> int:
        """The plot's height, in pixels."""
        return PLOT_HEIGHT

    @property
    def newest(self) -> Reading:
        """The last reading."""
        return self.readings[-1]


def area_chart(axis: TimeAxis, columns: Sequence[Column], breaks: Sequence[tuple[date, str]] = ()) -> TrendChart:
    """Stack columns over an axis, the first at the bottom."""
    xs = [axis.position(day) or 0.0 for day in axis.days]
    plot = stacked_areas(xs, [(column.drawn_as, column.values) for column in columns]) if len(axis) > 1 else None
    return _chart(axis, columns, plot, breaks, axis.position, midpoints(xs))


def turnover_chart(axis: TimeAxis, up: Column, down: Column, breaks: Sequence[tuple[date, str]] = ()) -> TrendChart:
    """Draw what came upwards and what went downwards, a pair of bars for each bin."""
    plot = diverging_bars(up.values, down.values) if len(axis) > 1 else None
    stretches = [(index / len(axis), (index + 1) / len(axis)) for index in range(len(axis))]
    return _chart(axis, (up, down), plot, breaks, axis.bin_position, stretches)


def _chart(
    axis: TimeAxis,
    columns: Sequence[Column],
    plot: AreaChart | BarChart | None,
    breaks: Sequence[tuple[date, str]],
    position: Callable[[date], float | None],
    stretches: Sequence[tuple[float, float]],
) -> TrendChart:
    values = list(zip(*(column.values for column in columns), strict=True)) or [()] * len(axis)
    readings = [
        Reading(day, numbers, tuple(f"{number:,}" for number in numbers), percent(left), percent(right - left))
        for day, numbers, (left, right) in zip(axis.days, values, stretches, strict=True)
    ]
    ticks = [Tick(percent(x), label) for day, label in day_ticks(axis.days) if (x := position(day)) is not None]
    return TrendChart(tuple(columns), plot, tuple(ticks), tuple(lay_marks(breaks, position)), tuple(readings))
