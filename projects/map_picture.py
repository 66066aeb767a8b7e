"""The map as one picture: category blocks, subcategory frames, logo tiles; hosted projects are larger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.letter_marks import letter_mark
from projects.models import Maturity
from projects.picture_layout import (
    CELL_GAP,
    CELL_HEIGHT,
    CELL_WIDTH,
    FRAME_GAP,
    FRAME_PADDING,
    FRAME_TITLE,
    FrameRow,
    Place,
    Size,
    pack_frames,
)
from projects.picture_scene import Box, Cutting, Picture, Scene, Words, fitting, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from projects.picture_layout import FrameBox
    from projects.picture_scene import SceneImage

WIDTH, MARGIN = 2400, 40
HEADER, FOOTER_LINE = 96, 20
BLOCK_TITLE, BLOCK_GAP = 34, 16
TILE_NAME, MOST_TITLE_COLUMNS = 18, 5
ARCHIVED_OPACITY = 0.5

SINGLE, WIDE, LARGE = Size(1, 1), Size(2, 1), Size(2, 2)
SIZES = {"": SINGLE, Maturity.GRADUATED.value: LARGE, Maturity.INCUBATING.value: LARGE}

INK, QUIET, LINE, GROUND = "#1a1e22", "#5d666e", "#e2e4e3", "#f6f7f6"
PLATE, DARK_PLATE, ACCENT, MARK = "#ffffff", "#20242a", "#0a6470", "#37454c"


@dataclass(frozen=True, slots=True)
class PictureTile:
    """A card with its logo, None for none; ``on_dark`` tells that the logo needs a dark ground."""

    name: str
    maturity: str
    logo: Cutting | None = None
    on_dark: bool = False

    @property
    def size(self) -> Size:
        """Hosted projects are larger, the further the larger."""
        return SIZES.get(self.maturity, WIDE)


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """A subcategory."""

    name: str
    tiles: tuple[PictureTile, ...]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A category."""

    name: str
    frames: tuple[PictureFrame, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """What the picture says of itself: above it, and below it line by line."""

    title: str
    subtitle: str
    footer: tuple[str, ...]


def draw_map(blocks: Sequence[PictureBlock], caption: Caption, *, images: Mapping[str, SceneImage]) -> Scene:
    """Return the picture, ``WIDTH`` pixels wide and as high as its blocks need."""
    elements: list[Box | Words | Picture] = []
    y = HEADER
    for block in blocks:
        elements.append(Words(MARGIN, y + 20, block.name, 20, INK, is_bold=True))
        y += BLOCK_TITLE
        frames = iter(block.frames)
        for row in _rows(block):
            for box in row.frames:
                elements.extend(_frame(next(frames), box, y=y, height=row.height))
            y += row.height + FRAME_GAP
        y += BLOCK_GAP
    height = y + FOOTER_LINE * len(caption.footer) + MARGIN
    ground = Box(0, 0, WIDTH, height, GROUND)
    return Scene(caption.title, WIDTH, height, (ground, *_caption(caption, y), *elements), images)


def _caption(caption: Caption, y: int) -> Iterator[Words]:
    yield Words(MARGIN, 50, caption.title, 30, INK, is_bold=True)
    yield Words(MARGIN, 78, caption.subtitle, 16, QUIET)
    for place, line in enumerate(caption.footer, start=1):
        yield Words(MARGIN, y + place * FOOTER_LINE, line, 14, QUIET)


def _rows(block: PictureBlock) -> list[FrameRow]:
    return pack_frames(
        [[tile.size for tile in frame.tiles] for frame in block.frames],
        fewest=[_columns_of_title(frame.name) for frame in block.frames],
        width=WIDTH - 2 * MARGIN,
    )


def _columns_of_title(name: str) -> int:
    """Return how many columns wide a frame must be for its title, within reason."""
    return min(MOST_TITLE_COLUMNS, int(text_width(name, 12) // (CELL_WIDTH + CELL_GAP)) + 1)


def _frame(frame: PictureFrame, box: FrameBox, *, y: int, height: int) -> Iterator[Box | Words | Picture]:
    x = MARGIN + box.x
    yield Box(x, y, box.width, height, PLATE, LINE)
    title = fitting(frame.name, box.width - 2 * FRAME_PADDING, 12)
    yield Words(x + FRAME_PADDING, y + 15, title, 12, INK, is_bold=True)
    for tile, place in zip(frame.tiles, box.places, strict=True):
        yield from _tile(tile, _ground(tile, place, x=x + FRAME_PADDING, y=y + FRAME_TITLE))


def _ground(tile: PictureTile, place: Place, *, x: int, y: int) -> Box:
    return Box(
        x + place.column * (CELL_WIDTH + CELL_GAP),
        y + place.row * (CELL_HEIGHT + CELL_GAP),
        tile.size.columns * (CELL_WIDTH + CELL_GAP) - CELL_GAP,
        tile.size.rows * (CELL_HEIGHT + CELL_GAP) - CELL_GAP,
        DARK_PLATE if tile.on_dark else PLATE,
        ACCENT if tile.maturity and tile.maturity != Maturity.ARCHIVED else LINE,
        tile.name,
    )


def _tile(tile: PictureTile, ground: Box) -> Iterator[Box | Words | Picture]:
    """Give the plate, the logo or letter mark on it, and on large tiles the name below."""
    yield ground
    middle, room = ground.x + ground.width / 2, ground.height
    if tile.size == LARGE:
        room -= TILE_NAME
        name = fitting(tile.name, ground.width - 8, 11)
        yield Words(middle, ground.y + ground.height - 7, name, 11, PLATE if tile.on_dark else INK, is_centred=True)
    if tile.logo is None:
        size = 16 if tile.size.rows == 1 else 26
        yield Words(middle, ground.y + room / 2 + size * 0.36, letter_mark(tile.name)[0], size, MARK, is_centred=True)
        return
    scale = min((ground.width - 4) / tile.logo.width, (room - 4) / tile.logo.height)
    width, height = tile.logo.width * scale, tile.logo.height * scale
    opacity = ARCHIVED_OPACITY if tile.maturity == Maturity.ARCHIVED else 1.0
    yield Picture(middle - width / 2, ground.y + (room - height) / 2, width, height, tile.logo, opacity)
