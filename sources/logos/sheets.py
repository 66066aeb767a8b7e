"""Packs thumbnails into sheets: one picture for some dozens of neighbouring tiles of the map.

A sheet is one column of equal cells. An ``<img>`` of the cell's proportions shows cell n by plain CSS at any size and
pixel density, since ``object-fit: cover`` fits the column's width to the image's::

    .tile img { object-fit: cover; width: 76px; height: 40px }
    .p7 { object-position: 0 17.9487% }
"""

import io
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from sources.logos.raster import Thumbnail
from sources.logos.tone import DARK_PLATE, WHITE_PLATE

Key = TypeVar("Key", bound=Hashable)

CELL = (152, 80)  # twice the tile's 76x40; a multiple of 8 and 16, so that WebP's blocks end where cells do
CAPACITY = 40
MARGIN = 2  # empty pixels round each logo, so that no neighbour shows when the browser scales
QUALITY = 55


@dataclass(frozen=True)
class Sheet:
    """A WebP picture of ``capacity`` cells one above the other; cell n holds the n-th thumbnail, the rest are white."""

    webp: bytes
    width: int
    height: int
    count: int
    capacity: int


def pack_sheet(
    thumbnails: Sequence[Thumbnail],
    *,
    cell: tuple[int, int] = CELL,
    capacity: int = CAPACITY,
    quality: int = QUALITY,
) -> Sheet:
    """Give the sheet of up to ``capacity`` thumbnails, each in the middle of its cell on its plate.

    Logos of light tone stand on the dark plate, the others on white: transparency would cost more than the
    logos themselves. Every sheet has the same number of cells, so that one set of CSS rules serves all.
    """
    if len(thumbnails) > capacity:
        raise ValueError(f"A sheet holds {capacity} thumbnails, not {len(thumbnails)}.")
    column = Image.new("RGB", (cell[0], cell[1] * capacity), WHITE_PLATE)
    for position, thumbnail in enumerate(thumbnails):
        column.paste(_on_plate(thumbnail, cell), (0, position * cell[1]))
    buffer = io.BytesIO()
    column.save(buffer, "WEBP", quality=quality, method=6)
    return Sheet(buffer.getvalue(), column.width, column.height, len(thumbnails), capacity)


def plan_sheets(blocks: Sequence[Sequence[Key]], *, capacity: int = CAPACITY) -> Iterator[list[Key]]:
    """Yield the keys of each sheet, in map order and without repeats, where each block (category) starts a new sheet.

    So a logo that is added to one category leaves the sheets of the others, and their addresses, as they were.
    """
    seen: set[Key] = set()
    for block in blocks:
        fresh = [key for key in dict.fromkeys(block) if key not in seen]
        seen.update(fresh)
        for start in range(0, len(fresh), capacity):
            yield fresh[start : start + capacity]


def position_rules(capacity: int = CAPACITY) -> str:
    """Give the CSS rules ``.p0`` to ``.p<capacity - 1>`` that show each cell of a sheet."""
    steps = max(capacity - 1, 1)
    return "".join(f".p{cell}{{object-position:0 {round(100 * cell / steps, 4):g}%}}\n" for cell in range(capacity))


def _on_plate(thumbnail: Thumbnail, cell: tuple[int, int]) -> Image.Image:
    plate = Image.new("RGBA", cell, (*(DARK_PLATE if thumbnail.tone == "light" else WHITE_PLATE), 255))
    with Image.open(io.BytesIO(thumbnail.webp), formats=("WEBP",)) as opened:
        logo = opened.convert("RGBA")
    room = (cell[0] - 2 * MARGIN, cell[1] - 2 * MARGIN)
    scale = min(1.0, room[0] / logo.width, room[1] / logo.height)
    logo = logo.resize(
        (max(1, round(logo.width * scale)), max(1, round(logo.height * scale))), Image.Resampling.LANCZOS
    )
    plate.alpha_composite(logo, ((cell[0] - logo.width) // 2, (cell[1] - logo.height) // 2))
    return plate.convert("RGB")
