"""What the map's template shows beside the tiles: tabs, options, chips, the date's steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.localized import in_language
from projects.models import CategoryGroup, Maturity
from web.forms.map import EVERY_GROUP
from web.map_layout import TILE_WIDTHS, pack
from web.map_tiles import TileWriter
from web.query_links import with_only, with_query, without_value
from web.sized_tiles import SizedTileWriter
from web.templatetags.localized import kind_label, maturity_label

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Container, Mapping, Sequence

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from metrics.map_sizes import Sizes
    from projects.as_of import AsOf
    from projects.landscape_map import Facets, FrameKey, Tile

MATURITY_ORDER = (Maturity.GRADUATED, Maturity.INCUBATING, Maturity.SANDBOX, Maturity.ARCHIVED)
# What says which map is shown, not which cards of it.
FRAME_PARAMETERS = ("group", "as_of", "zoom", "size")
MAGNIFIED = ("l", "xl")
ROWS_STEP, ROWS_MOST = 4, 160


@dataclass(frozen=True, slots=True)
class Link:
    """A tab, a size or an active filter."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter offers, with the cards that have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A subcategory on the map, ``span`` of 24 units wide."""

    name: str
    url: str
    count: int
    span: int
    tiles: SafeString


@dataclass(frozen=True, slots=True)
class Block:
    """A category on the map; ``rows`` is its height in tiles, rounded for the style sheet."""

    slug: str
    name: str
    url: str
    count: int
    rows: int
    frames: list[Frame]


def tile_writer(*, zoom: str, as_of: AsOf, by: Sizes | None) -> TileWriter:
    """Return what writes the tiles: by their stage, or as large as ``by`` says."""
    query = "" if as_of.is_now else f"?as_of={quote(as_of.text)}"
    is_magnified = zoom in MAGNIFIED
    if by is None or by.day is None:
        return TileWriter(query=query, is_magnified=is_magnified)
    return SizedTileWriter(by, query=query, is_magnified=is_magnified)


def blocks(
    frames: Mapping[int, FrameKey], tiles: Mapping[int, Sequence[Tile]], *, zoom: str, writer: TileWriter
) -> list[Block]:
    """Return the blocks of the map in order; subcategories without a tile are left out."""
    by_category: dict[str, list[FrameKey]] = {}
    for key, frame in frames.items():
        if key in tiles:
            by_category.setdefault(frame.category_slug, []).append(frame)
    return [_block(keys, tiles, zoom=zoom, writer=writer) for keys in by_category.values()]


def _block(keys: Sequence[FrameKey], tiles: Mapping[int, Sequence[Tile]], *, zoom: str, writer: TileWriter) -> Block:
    language = get_language()
    places = [sum(writer.slots(tile) for tile in tiles[key.subcategory_id]) for key in keys]
    packed = pack(places, tile_width=TILE_WIDTHS[zoom])
    spans = [span for row in packed for span in row.spans]
    rows = sum(row.rows + 2 for row in packed)
    url = reverse("category_detail", args=[keys[0].category_slug])
    return Block(
        slug=keys[0].category_slug,
        name=in_language(keys[0].category_name, keys[0].category_name_zh, language=language),
        url=url,
        count=sum(len(tiles[key.subcategory_id]) for key in keys),
        rows=min(ROWS_MOST, -(-rows // ROWS_STEP) * ROWS_STEP),
        frames=[
            Frame(
                name=in_language(key.name, key.name_zh, language=language),
                url=f"{url}#{key.slug}",
                count=len(tiles[key.subcategory_id]),
                span=span,
                tiles=writer.html(tiles[key.subcategory_id]),
            )
            for key, span in zip(keys, spans, strict=True)
        ],
    )


def tabs(request: HttpRequest, groups: Container[str], left: Counter[str], *, current: str, shown: int) -> list[Link]:
    """Return a tab for every group that has cards, and one for all together, with what the filters leave there.

    ``left`` counts that by group as if no category were chosen, which a tab's link drops; the current tab has ``shown``.
    """
    entries = [
        (value, str(label), left[value])
        for value, label in CategoryGroup.choices
        if value in groups or value == current
    ]
    entries.append((EVERY_GROUP, _("All"), left.total()))
    return [
        Link(
            label,
            # A category belongs to one group, so its filter would empty the others.
            with_query(request, group="" if value == CategoryGroup.PROJECTS else value, category=None),
            shown if value == current else count,
            is_current=value == current,
        )
        for value, label, count in entries
    ]


def options(facets: Facets, chosen: Mapping[str, Sequence[str]]) -> dict[str, list[Option]]:
    """Return what each filter offers in the shown group, with what is chosen there."""
    language = get_language()
    maturities = facets.count_by("maturity")
    words = [*(word for word in MATURITY_ORDER if maturities[word]), *sorted({*maturities} - {"", *MATURITY_ORDER})]
    kinds = facets.count_by("kind")
    licenses = facets.count_by("license")
    entries = {
        "maturity": [(word, maturity_label(word), maturities[word]) for word in words],
        "kind": [(kind, kind_label(kind), count) for kind, count in kinds.most_common()],
        "category": [
            (slug, in_language(frame.category_name, frame.category_name_zh, language=language), count)
            for slug, (frame, count) in facets.categories().items()
        ],
        "license": [(name, name, count) for name, count in sorted(licenses.items()) if name],
    }
    return {
        name: [Option(value, label, count, value in chosen.get(name, ())) for value, label, count in rows]
        for name, rows in entries.items()
    }


def chips(request: HttpRequest, labels: Mapping[str, str], facets: Facets, *, organization: str) -> list[Link]:
    """Return each active filter as a link that removes it; ``labels`` names the parameters that are filters.

    ``organization`` is what the organization asked for is called.
    """
    categories = facets.categories()
    answers = {"true": _("yes"), "false": _("no")}

    def text(name: str, value: str) -> str:
        if name == "maturity":
            return maturity_label(value)
        if name == "kind":
            return kind_label(value)
        if name == "category" and value in categories:
            frame = categories[value][0]
            return in_language(frame.category_name, frame.category_name_zh, language=get_language())
        if name == "hide_archived":
            return labels[name]
        if name == "organization":
            return f"{labels[name]}: {organization}"
        return f"{labels[name]}: {answers.get(value, value)}"

    return [
        Link(text(name, value), without_value(request, name, value))
        for name in labels
        for value in dict.fromkeys(request.GET.getlist(name))
        if value
    ]


def sizes(request: HttpRequest, *, current: str) -> list[Link]:
    """Return a link for each size of tiles."""
    names = {"s": _("Small"), "m": _("Medium"), "l": _("Large"), "xl": _("Largest")}
    return [
        Link(names[zoom], with_query(request, zoom="" if zoom == "m" else zoom), is_current=zoom == current)
        for zoom in TILE_WIDTHS
    ]


def reset_url(request: HttpRequest) -> str:
    """Return the address of the same map without any filter."""
    return with_only(request, FRAME_PARAMETERS)
