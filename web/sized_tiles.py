"""The map's tiles as large as a figure: four times, twice or once the smallest, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import escape

from web.map_tiles import LARGE, ON_DARK, SINGLE, WIDE, TileWriter
from web.templatetags.logos import letter_mark_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from metrics.map_sizes import Sizes
    from projects.landscape_map import Tile

CLASSES = {LARGE: "x", WIDE: "y"}
UNKNOWN = "–"


class SizedTileWriter(TileWriter):
    """Writes tiles by their items' figures; the title says the figure, and what is unknown is smallest and last."""

    def __init__(self, sizes: Sizes, **options: Any) -> None:
        super().__init__(**options)
        self.sizes = sizes
        if self.own_pictures:
            self.own_pictures = {"x"}

    def slots(self, tile: Tile) -> int:
        value = self.sizes.values.get(tile.slug, 0)
        if value >= self.sizes.large_from:
            return LARGE
        return WIDE if value >= self.sizes.wide_from else SINGLE

    def html(self, tiles: Iterable[Tile]) -> SafeString:
        # Those alike keep the order they come in.
        return super().html(sorted(tiles, key=lambda tile: -self.sizes.values.get(tile.slug, -1)))

    def _tile(self, tile: Tile) -> str:
        value = self.sizes.values.get(tile.slug)
        figure = UNKNOWN if value is None else f"{value:,}"
        name = escape(tile.name)
        shape = CLASSES.get(self.slots(tile), "")
        ground = f" {ON_DARK}" if tile.tone == "light" else ""
        logo = self._logo(tile, alternative="" if shape else name, has_own_picture=shape in self.own_pictures)
        if shape:
            mark = logo or letter_mark_html(tile.name, element="i")
            inner = f"{mark}<b>{name}</b>"
        else:
            inner = logo or f"<b>{name}</b>"
            shape = "" if logo else "n"
        return f'<a class="{shape}{ground}"{self._address(tile)} title="{name}: {figure}">{inner}</a>'
