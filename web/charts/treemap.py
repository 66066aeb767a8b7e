"""Treemaps: areas as near to squares as they can be (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a box, in the box's own units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def ratio(self) -> float:
        """How far it is from a square: 1 is one."""
        longer, shorter = max(self.width, self.height), min(self.width, self.height)
        return longer / shorter if shorter else float("inf")


def squarified(weights: Sequence[float], box: Rectangle) -> list[Rectangle]:
    """Lay areas in proportion to the weights, which fall and are above 0; nothing for none."""
    total = sum(weights)
    scale = box.width * box.height / total if total else 0
    areas = [weight * scale for weight in weights]
    laid: list[Rectangle] = []
    while len(laid) < len(areas):
        strip = _best_strip(areas[len(laid) :], box)
        placed, box = _lay(strip, box)
        laid += placed
    return laid


def _best_strip(areas: Sequence[float], box: Rectangle) -> Sequence[float]:
    """Return as many of the next areas as make the strip's worst one squarer."""
    count, worst = 1, _worst(areas[:1], box)
    while count < len(areas) and (following := _worst(areas[: count + 1], box)) <= worst:
        count, worst = count + 1, following
    return areas[:count]


def _worst(strip: Sequence[float], box: Rectangle) -> float:
    placed, _rest = _lay(strip, box)
    return max(rectangle.ratio for rectangle in placed)


def _lay(strip: Sequence[float], box: Rectangle) -> tuple[list[Rectangle], Rectangle]:
    """Lay a strip along the box's shorter side; returns it and the box that is left."""
    area = sum(strip)
    if box.width >= box.height:
        width = area / box.height
        tops = _starts(strip, box.height, box.y)
        placed = [Rectangle(box.x, y, width, height) for y, height in tops]
        return placed, Rectangle(box.x + width, box.y, max(box.width - width, 0), box.height)
    height = area / box.width
    placed = [Rectangle(x, box.y, width, height) for x, width in _starts(strip, box.width, box.x)]
    return placed, Rectangle(box.x, box.y + height, box.width, max(box.height - height, 0))


def _starts(strip: Sequence[float], length: float, at: float) -> list[tuple[float, float]]:
    total = sum(strip)
    found = []
    for area in strip:
        share = length * area / total
        found.append((at, share))
        at += share
    return found
