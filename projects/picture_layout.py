"""Where things stand on the picture of the map: tiles in a frame, frames in rows.

Frames keep the landscape's order. Lengths are pixels, tiles are counted in single cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL_WIDTH, CELL_HEIGHT, CELL_GAP = 76, 40, 4
FRAME_PADDING, FRAME_GAP, FRAME_TITLE = 6, 8, 20
FEWEST_COLUMNS = 2


class Size(NamedTuple):
    """How many cells a tile covers."""

    columns: int
    rows: int


class Place(NamedTuple):
    """The cell of a tile's upper left corner."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class FrameBox:
    """A frame with the places of its tiles, ``x`` and ``width`` in pixels from the left edge of the row."""

    x: int
    width: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class FrameRow:
    """Frames side by side, all as high as the highest of them needs."""

    frames: tuple[FrameBox, ...]
    height: int


def place_tiles(sizes: Sequence[Size], columns: int) -> tuple[tuple[Place, ...], int]:
    """Put tiles into the first free cells, left to right and row by row; return their places and the rows used."""
    taken: list[int] = []  # a row is a number whose bits are its cells
    first_row: dict[Size, int] = {}
    places = []
    for size in sizes:
        width = min(size.columns, columns)
        tile = (1 << width) - 1
        row = first_row.get(size, 0)
        while (column := _free_column(taken, row, tile, columns - width, size.rows)) is None:
            row += 1
        first_row[size] = row
        taken.extend([0] * (row + size.rows - len(taken)))
        for each in range(row, row + size.rows):
            taken[each] |= tile << column
        places.append(Place(column, row))
    return tuple(places), len(taken)


def _free_column(taken: Sequence[int], row: int, tile: int, last: int, rows: int) -> int | None:
    occupied = 0
    for each in taken[row : row + rows]:
        occupied |= each
    return next((column for column in range(last + 1) if not occupied & (tile << column)), None)


def frame_width(columns: int) -> int:
    """Return the width of a frame whose tiles stand in ``columns``."""
    return columns * (CELL_WIDTH + CELL_GAP) - CELL_GAP + 2 * FRAME_PADDING


def frame_height(rows: int) -> int:
    """Return the height of a frame with so many rows of cells, its title included."""
    return FRAME_TITLE + max(1, rows) * (CELL_HEIGHT + CELL_GAP) - CELL_GAP + FRAME_PADDING


def pack_frames(frames: Sequence[Sequence[Size]], *, fewest: Sequence[int], width: int) -> list[FrameRow]:
    """Break frames into rows no wider than ``width`` so that all together are as low as can be.

    ``fewest`` is the number of columns that each frame's title needs; no frames give no rows.
    """
    most = (width - 2 * FRAME_PADDING + CELL_GAP) // (CELL_WIDTH + CELL_GAP)
    heights = [_rows_by_columns(sizes, most) for sizes in frames]
    least = [min(max(FEWEST_COLUMNS, columns), most) for columns in fewest]
    best: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for end in range(1, len(frames) + 1):
        candidates = []
        for start in range(end - 1, -1, -1):
            columns = _narrowest(heights[start:end], least[start:end], width)
            if columns is None:
                break
            rows = max(heights[start + place][count] for place, count in enumerate(columns))
            candidates.append((best[start][0] + frame_height(rows) + FRAME_GAP, start, columns))
        best.append(min(candidates, key=lambda candidate: candidate[:2]))
    return _rows(frames, best, width)


def _rows_by_columns(sizes: Sequence[Size], most: int) -> list[int]:
    """Return the rows of cells that a frame needs with 0, 1, … ``most`` columns."""
    return [0, *(place_tiles(sizes, columns)[1] for columns in range(1, most + 1))]


def _narrowest(heights: Sequence[Sequence[int]], least: Sequence[int], width: int) -> tuple[int, ...] | None:
    """Return the columns of frames that stand side by side in the fewest rows of cells; None if they do not fit."""
    room = width - FRAME_GAP * (len(heights) - 1)
    if sum(map(frame_width, least)) > room:
        return None
    for rows in sorted({count for frame in heights for count in frame[1:]}):
        columns = tuple(
            next((place for place in range(fewest, len(frame)) if frame[place] <= rows), len(frame) + width)
            for frame, fewest in zip(heights, least, strict=True)
        )
        if sum(map(frame_width, columns)) <= room:
            return columns
    return None


def _rows(
    frames: Sequence[Sequence[Size]], best: Sequence[tuple[int, int, tuple[int, ...]]], width: int
) -> list[FrameRow]:
    rows: list[FrameRow] = []
    end = len(frames)
    while end:
        _height, start, columns = best[end]
        rows.append(_row(frames[start:end], columns, width))
        end = start
    return rows[::-1]


def _row(frames: Sequence[Sequence[Size]], columns: Sequence[int], width: int) -> FrameRow:
    """Set frames side by side; what is left of the width is shared out between them."""
    spare = width - FRAME_GAP * (len(columns) - 1) - sum(map(frame_width, columns))
    boxes, x, highest = [], 0, 0
    for place, (sizes, count) in enumerate(zip(frames, columns, strict=True)):
        share = spare * (place + 1) // len(columns) - spare * place // len(columns)
        roomier = count + share // (CELL_WIDTH + CELL_GAP)
        places, rows = place_tiles(sizes, roomier)
        box = FrameBox(x, frame_width(count) + share, places)
        boxes.append(box)
        x += box.width + FRAME_GAP
        highest = max(highest, rows)
    return FrameRow(tuple(boxes), frame_height(highest))
