"""Shares that have left a stage, as steps over years, each with the band of its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.formulas.cumulative_incidence import DAYS_OF_YEAR, LEAST_SIZE, interval_of
from web.charts.scales import BOX, Tick, nice_step, percent, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.formulas.cumulative_incidence import Curve

PLOT_HEIGHT = 230  # pixels
MARGIN_TOP = 12


@dataclass(frozen=True, slots=True)
class Band:
    """One curve: its steps and the area of its interval as SVG paths; ``key`` is its class."""

    key: str
    line: str
    area: str


@dataclass(frozen=True, slots=True)
class IncidencePlot:
    """Curves over a shared axis of shares, and its ticks in percent."""

    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class IncidenceChart:
    """A drawing in the frame of the other charts; ``mark`` is where one project stands, None without one."""

    plot: IncidencePlot
    day_ticks: tuple[Tick, ...]
    mark: str | None
    top: int = MARGIN_TOP
    plot_height: int = PLOT_HEIGHT
    marks: tuple[()] = ()

    @property
    def bottom(self) -> int:
        """Where the plot ends, in pixels."""
        return self.top + self.plot_height

    @property
    def height(self) -> int:
        """The whole drawing's height, in pixels: years stand below the plot."""
        return self.bottom + 26


@dataclass(frozen=True, slots=True)
class _Point:
    """A step's day, share and interval ends (0 to 1)."""

    days: int
    share: float
    low: float
    high: float


def incidence_chart(
    curves: Sequence[tuple[str, Curve]], *, years: int, mark_days: int | None = None
) -> IncidenceChart | None:
    """Draw curves, each with its key, over some years, as far as enough are followed; None where nobody is."""
    points = [(key, _points(curve, years), _end(curve, years)) for key, curve in curves]
    if not any(end for _, _, end in points):
        return None
    greatest = max((point.high for _, steps, _ in points for point in steps), default=0.0)
    step = nice_step(max(greatest * 100, 4))
    top = min(-(-max(greatest * 100, 4) // step) * step, 100)
    span = years * DAYS_OF_YEAR
    ticks = tuple(Tick(percent(1 - value / top), f"{value} %") for value in range(0, int(top) + 1, step))
    bands = tuple(_band(key, steps, end, span, top / 100) for key, steps, end in points if end)
    marked = percent(mark_days / span) if mark_days is not None and mark_days <= span else None
    return IncidenceChart(
        IncidencePlot(bands, ticks), tuple(Tick(percent(year / years), str(year)) for year in range(years + 1)), marked
    )


def _end(curve: Curve, years: int) -> float:
    """The last day of the curve that is drawn: so long it says enough; 0 where it never does."""
    return min(curve.known_until(LEAST_SIZE), years * DAYS_OF_YEAR)


def _points(curve: Curve, years: int) -> list[_Point]:
    found = []
    for step in curve.steps:
        if step.events and step.days <= _end(curve, years):
            ends = interval_of(step.incidence, step.variance, size=step.size)
            found.append(_Point(step.days, step.incidence, ends.low, ends.high))
    return found


def _band(key: str, points: Sequence[_Point], end: float, span: float, top: float) -> Band:
    line = _stairs([(point.days, point.share) for point in points], end, span, top)
    upper = _stairs([(point.days, point.high) for point in points], end, span, top)
    lower = _stairs([(point.days, point.low) for point in points], end, span, top)
    corners = [*upper, *reversed(lower)]
    return Band(key, f"M{'L'.join(line)}", f"M{'L'.join(corners)}Z" if points else "")


def _stairs(points: Sequence[tuple[float, float]], end: float, span: float, top: float) -> list[str]:
    """The corners of a step function from the lower left on, up to the end."""
    corners, height = [f"0 {BOX}"], units(1)
    for days, share in points:
        x = units(days / span)
        corners.append(f"{x} {height}")
        height = units(1 - share / top)
        corners.append(f"{x} {height}")
    return [*corners, f"{units(end / span)} {height}"]
