"""From numbers to places in the plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

BOX = 1000


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis; ``at`` is in percent of the plot, from the left or from the top."""

    at: str
    label: str


def percent(share: float) -> str:
    """Write a share (0 to 1) as a percentage for SVG."""
    return f"{share * 100:.2f}%"


def units(share: float) -> str:
    """Write a share (0 to 1) in units of the plot's box."""
    return f"{share * BOX:.1f}".removesuffix(".0")


def nice_step(maximum: float, *, ticks: int = 4) -> int:
    """Return the least step of 1, 2 or 5 times a power of ten that needs at most ``ticks`` steps; 1 at least."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * ticks >= maximum:
                return step * factor
        step *= 10


def value_ticks(top: int, *, step: int, bottom: int = 0) -> list[Tick]:
    """Lay ticks from ``bottom`` up to ``top``; a label has no sign."""
    span = top - bottom or 1
    return [Tick(percent((top - value) / span), f"{abs(value):,}") for value in range(bottom, top + 1, step)]


def day_ticks(days: Sequence[date], *, most: int = 10) -> list[tuple[date, str]]:
    """Choose first days of years, quarters or months between the first and last day, at most ``most`` of them."""
    first, last = days[0], days[-1]
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for step in (1, 3, 12, 24, 60, 120):
        chosen = [day for day in months if ((day.year * 12) + day.month - 1) % step == 0]
        if len(chosen) <= most:
            return [(day, f"{day:%Y}" if step % 12 == 0 else f"{day:%Y-%m}") for day in chosen]
    return []


def midpoints(xs: Sequence[float]) -> list[tuple[float, float]]:
    """Cut the width into one stretch around each x: where a pointer means that point."""
    cuts = [0.0, *((left + right) / 2 for left, right in pairwise(xs)), 1.0]
    return list(pairwise(cuts))
