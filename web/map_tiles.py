"""The map's tiles as HTML: two or three elements each, joined without a template, since there are thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from projects.models import Maturity
from web.templatetags.localized import maturity_label
from web.templatetags.logos import letter_mark_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.landscape_map import Tile

# Class and number of places of a hosted project's tile: two by two, or two side by side. Another foundation's words have
# no known order, so their tiles look alike.
LARGE, WIDE, SINGLE = 4, 2, 1
CLASSES = {
    Maturity.GRADUATED.value: ("g", LARGE),
    Maturity.INCUBATING.value: ("i", LARGE),
    Maturity.SANDBOX.value: ("s", WIDE),
    Maturity.ARCHIVED.value: ("a", WIDE),
}
OTHER_HOSTED = ("h", WIDE)
ON_DARK = "d"


def slots(maturity: str) -> int:
    """Return how many single tiles the tile of such a card covers."""
    return CLASSES.get(maturity, OTHER_HOSTED)[1] if maturity else SINGLE


class TileWriter:
    """Writes tiles that lead to the pages of the active language; ``query`` follows each address.

    ``is_magnified``: large tiles show more than a sheet's cell holds, so each loads its own picture.
    """

    def __init__(self, *, query: str = "", is_magnified: bool = False) -> None:
        self.items_url = reverse("item_detail", args=["-"]).removesuffix("-/")
        self.sheets_url = reverse("logo_sheet", args=["-"]).removesuffix("-.webp")
        self.logos_url = reverse("logo_webp", args=["-"]).removesuffix("-.webp")
        self.query = escape(query)
        self.own_pictures = {"g", "i"} if is_magnified else set[str]()
        self.words: dict[str, str] = {}

    def slots(self, tile: Tile) -> int:
        """Return how many single tiles a tile covers."""
        return slots(tile.maturity)

    def html(self, tiles: Iterable[Tile]) -> SafeString:
        """Return the tiles one after the other."""
        joined = "".join(map(self._tile, tiles))
        return mark_safe(joined)  # noqa: S308  (names are escaped; slugs and digests are plain by their columns)

    def _tile(self, tile: Tile) -> str:
        return self._hosted(tile) if tile.maturity else self._single(tile)

    def _single(self, tile: Tile) -> str:
        name = escape(tile.name)
        logo = self._logo(tile, alternative=name)
        if not logo:
            return f'<a class="n"{self._address(tile)}><b>{name}</b></a>'
        ground = f' class="{ON_DARK}"' if tile.tone == "light" else ""
        return f'<a{ground}{self._address(tile)} title="{name}">{logo}</a>'

    def _hosted(self, tile: Tile) -> str:
        word = self.words.get(tile.maturity)
        if word is None:
            word = self.words[tile.maturity] = escape(maturity_label(tile.maturity))
        shape = CLASSES.get(tile.maturity, OTHER_HOSTED)[0]
        mark = self._logo(tile, has_own_picture=shape in self.own_pictures) or letter_mark_html(tile.name, element="i")
        ground = f" {ON_DARK}" if tile.tone == "light" else ""
        return f'<a class="{shape}{ground}"{self._address(tile)} title="{word}">{mark}<b>{escape(tile.name)}</b></a>'

    def _address(self, tile: Tile) -> str:
        return f' href="{self.items_url}{tile.slug}/{self.query}"'

    def _logo(self, tile: Tile, *, alternative: str = "", has_own_picture: bool = False) -> str:
        if tile.sheet and not has_own_picture:
            source = f'class="p{tile.cell}" src="{self.sheets_url}{tile.sheet}.webp"'
        elif tile.logo:
            source = f'class="o" src="{self.logos_url}{tile.logo}.webp"'
        else:
            return ""
        return f'<img {source} alt="{alternative}" loading="lazy">'
