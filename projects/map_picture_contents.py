"""What the picture of the map shows at an instant, read from the database; four queries."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from projects.landscape_map import landscape_facets, landscape_tiles
from projects.localized import in_language
from projects.map_picture import PictureBlock, PictureFrame, PictureTile
from projects.models import Logo, LogoSheet
from projects.picture_layout import CELL_HEIGHT, CELL_WIDTH
from projects.picture_scene import Cutting, SceneImage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from projects.landscape_map import FrameKey, Tile
    from projects.querysets.periods import ItemPeriodQuerySet

LIGHT_TONE = "light"


def picture_blocks(
    cards: ItemPeriodQuerySet, *, group: str, language: str
) -> tuple[list[PictureBlock], dict[str, SceneImage]]:
    """Return the blocks of a group of categories ("" for all) in the map's order, and the images of their logos."""
    frames = landscape_facets(cards).in_group(group).frames()
    tiles = landscape_tiles(cards, frames=frames)
    images = _images(tile for row in tiles.values() for tile in row)
    by_category: dict[str, list[FrameKey]] = {}
    for frame in frames.values():
        by_category.setdefault(frame.category_slug, []).append(frame)
    blocks = [
        PictureBlock(
            in_language(keys[0].category_name, keys[0].category_name_zh, language=language),
            tuple(
                PictureFrame(
                    in_language(key.name, key.name_zh, language=language),
                    tuple(_tile(tile, images) for tile in tiles.get(key.subcategory_id, ())),
                )
                for key in keys
            ),
        )
        for keys in by_category.values()
    ]
    return blocks, images


def _tile(tile: Tile, images: Mapping[str, SceneImage]) -> PictureTile:
    return PictureTile(tile.name, tile.maturity, _cutting(tile, images), tile.tone == LIGHT_TONE)


def _cutting(tile: Tile, images: Mapping[str, SceneImage]) -> Cutting | None:
    """Return the logo's cell of its sheet, the logo itself where it has no sheet, or None."""
    if tile.sheet and tile.cell is not None and (sheet := images.get(tile.sheet)):
        height = sheet.width * CELL_HEIGHT // CELL_WIDTH
        return Cutting(tile.sheet, 0, tile.cell * height, sheet.width, height)
    if tile.logo and (logo := images.get(tile.logo)):
        return Cutting(tile.logo, 0, 0, logo.width, logo.height)
    return None


def _images(tiles: Iterable[Tile]) -> dict[str, SceneImage]:
    """Read the sheets that the tiles' logos stand on, and the logos that stand on none; two queries.

    A sheet is one column of cells of a tile's proportions.
    """
    sheets: set[str] = set()
    single: set[str] = set()
    for tile in tiles:
        if tile.sheet:
            sheets.add(tile.sheet)
        elif tile.logo:
            single.add(tile.logo)
    rows = [
        *LogoSheet.objects.filter(digest__in=sheets).order_by("digest").values_list("digest", "webp"),
        *Logo.objects.filter(digest__in=single).order_by("digest").values_list("digest", "webp"),
    ]
    return {digest: _scene_image(bytes(webp)) for digest, webp in rows}


def _scene_image(webp: bytes) -> SceneImage:
    with Image.open(io.BytesIO(webp), formats=("WEBP",)) as image:  # reads the header only
        return SceneImage(webp, image.width, image.height)
