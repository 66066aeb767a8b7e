"""Packs a category's frames into rows, so that the frames of a row are about equally high.

The browser only stretches what is packed here: no script measures anything. The sizes are those of
``static/css/map.css``; on narrower screens the proportions hold and the rows wrap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

UNITS = 24  # a row's width
NARROWEST = 3  # units that a frame's title needs
REFERENCE_WIDTH = 1376  # pixels of the map in a window of 1440
FRAME_GAP, FRAME_PADDING, TILE_GAP = 8, 16, 3
TITLE_ROWS = 1.2  # what a frame's title and padding take, in rows of tiles

# The width of a tile in pixels by zoom.
TILE_WIDTHS = {"s": 60, "m": 78, "l": 106, "xl": 144}


@dataclass(frozen=True, slots=True)
class FrameRow:
    """Frames side by side: their widths in units and the rows of tiles that the highest needs."""

    spans: tuple[int, ...]
    rows: int


@lru_cache(maxsize=8)
def columns_by_span(tile_width: int) -> tuple[int, ...]:
    """Return how many tiles stand side by side in a frame of 0 to ``UNITS`` units."""
    unit = (REFERENCE_WIDTH + FRAME_GAP) / UNITS
    inner = (unit * span - FRAME_GAP - FRAME_PADDING for span in range(UNITS + 1))
    return tuple(max(1, int((width + TILE_GAP) // (tile_width + TILE_GAP))) for width in inner)


def pack(slots: Sequence[int], *, tile_width: int) -> list[FrameRow]:
    """Return rows that hold the frames in their order and make the whole as low as it can be.

    ``slots`` is the number of single tiles that each frame has room for; no frames give no rows.
    """
    columns = columns_by_span(tile_width)
    best: list[tuple[float, list[FrameRow]]] = [(0.0, [])]
    for end in range(1, len(slots) + 1):
        candidates = []
        for start in range(max(0, end - UNITS // NARROWEST), end):
            row = _row(slots[start:end], columns)
            height, rows = best[start]
            candidates.append((height + row.rows + TITLE_ROWS, [*rows, row]))
        best.append(min(candidates, key=lambda candidate: candidate[0]))
    return best[-1][1]


def _row(slots: Sequence[int], columns: tuple[int, ...]) -> FrameRow:
    """Return the lowest row that holds these frames."""
    rows = max(1, math.ceil(sum(slots) / columns[UNITS]))
    while sum(spans := [_span(count, rows, columns) for count in slots]) > UNITS:
        rows += 1
    # What is left over goes to the fullest frames, one unit each in turn.
    for _unit in range(UNITS - sum(spans)):
        fullest = max(range(len(slots)), key=lambda place: slots[place] / spans[place])
        spans[fullest] += 1
    return FrameRow(tuple(spans), rows)


def _span(slots: int, rows: int, columns: tuple[int, ...]) -> int:
    """Return the narrowest frame that holds ``slots`` in ``rows``; beyond ``UNITS`` if none does."""
    needed = math.ceil(slots / rows)
    return next((span for span in range(NARROWEST, UNITS + 1) if columns[span] >= needed), UNITS + 1)
