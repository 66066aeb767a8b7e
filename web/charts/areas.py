"""Stacked areas over time; one layer is a plain area."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scales import BOX, Tick, nice_step, units, value_ticks


@dataclass(frozen=True, slots=True)
class Layer:
    """One band of a stack: its area and its upper edge as SVG paths."""

    key: str
    area: str
    edge: str


@dataclass(frozen=True, slots=True)
class AreaChart:
    """Layers from the bottom up, and the ticks of the counting axis."""

    layers: tuple[Layer, ...]
    ticks: tuple[Tick, ...]


def stacked_areas(xs: Sequence[float], stack: Sequence[tuple[str, Sequence[int]]]) -> AreaChart:
    """Stack counts over shared x positions (0 to 1, rising); the first of ``stack`` lies at the bottom."""
    totals = [sum(values) for values in zip(*(values for _, values in stack), strict=True)]
    step = nice_step(max(totals, default=0))
    top = max(step, -(-max(totals, default=0) // step) * step)
    layers: list[Layer] = []
    floor: Sequence[int] = [0] * len(xs)
    for key, values in stack:
        ceiling = [low + value for low, value in zip(floor, values, strict=True)]
        layers.append(Layer(key, area=_area(xs, floor, ceiling, top), edge=_line(xs, ceiling, top)))
        floor = ceiling
    return AreaChart(tuple(layers), tuple(value_ticks(top, step=step)))


def sparkline(values: Sequence[int], *, top: int | None = None) -> Layer:
    """Draw evenly spaced counts from zero to ``top`` (default: their greatest)."""
    top = max(values, default=0) if top is None else top
    last = max(len(values) - 1, 1)
    xs = [index / last for index in range(len(values))]
    return Layer("", area=_area(xs, [0] * len(xs), values, top or 1), edge=_line(xs, values, top or 1))


def _points(xs: Sequence[float], values: Sequence[int], top: int) -> list[str]:
    return [f"{units(x)} {units(1 - value / top)}" for x, value in zip(xs, values, strict=True)]


def _line(xs: Sequence[float], values: Sequence[int], top: int) -> str:
    points = _points(xs, values, top)
    if len(points) == 1:
        points = [f"0 {points[0].split()[1]}", f"{BOX} {points[0].split()[1]}"]
    return "M" + "L".join(points)


def _area(xs: Sequence[float], floor: Sequence[int], ceiling: Sequence[int], top: int) -> str:
    upper, lower = _points(xs, ceiling, top), _points(xs, floor, top)
    return f"M{'L'.join([*upper, *reversed(lower)])}Z"
