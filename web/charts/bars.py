"""Bars up and down from a common line: what came and what went."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scales import Tick, nice_step, percent, units, value_ticks

GAP = 0.18  # of a bar's stretch


@dataclass(frozen=True, slots=True)
class BarChart:
    """All bars of a direction as one SVG path, where their common line is, and the counting axis."""

    up: str
    down: str
    zero: str
    ticks: tuple[Tick, ...]


def diverging_bars(up: Sequence[int], down: Sequence[int]) -> BarChart:
    """Draw one pair of bars for each bin; both are counts, the second drawn downwards."""
    high, low = max(up, default=0), max(down, default=0)
    step = nice_step(max(high + low, 1), ticks=5)
    top, bottom = -(-high // step) * step or step, -(-low // step) * step or step
    zero = top / (top + bottom)
    return BarChart(
        up=_bars([value / (top + bottom) for value in up], zero, sign=-1),
        down=_bars([value / (top + bottom) for value in down], zero, sign=1),
        zero=percent(zero),
        ticks=tuple(value_ticks(top, step=step, bottom=-bottom)),
    )


def _bars(heights: Sequence[float], zero: float, *, sign: int) -> str:
    stretch = 1 / max(len(heights), 1)
    width = units(stretch * (1 - GAP))
    return "".join(
        f"M{units((index + GAP / 2) * stretch)} {units(zero)}h{width}v{units(sign * height)}h-{width}Z"
        for index, height in enumerate(heights)
        if height
    )
