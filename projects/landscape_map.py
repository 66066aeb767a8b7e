"""The landscape of an instant as a map shows it: blocks, frames, tiles, and what can be filtered.

Two queries, however many cards there are; ``projects.as_of.periods_at`` gives the cards of an instant.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Count, F, IntegerField, Value, When
from django.db.models.functions import Lower

from projects.models import Maturity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.querysets.periods import ItemPeriodQuerySet

# The order of tiles in a frame: the further a project has come, the earlier; other foundations' words after ours.
MATURITY_ORDER = (Maturity.GRADUATED, Maturity.INCUBATING, Maturity.SANDBOX)


class FrameKey(NamedTuple):
    """A subcategory and its category, in both languages."""

    subcategory_id: int
    group: str
    category_slug: str
    category_name: str
    category_name_zh: str
    slug: str
    name: str
    name_zh: str


class Facet(NamedTuple):
    """How many cards share a subcategory, kind, maturity and licence."""

    frame: FrameKey
    kind: str
    maturity: str
    license: str
    cards: int


class Tile(NamedTuple):
    """One card: ``sheet`` and ``cell`` say where its logo stands, ``logo`` is its own picture; None: it has none.

    ``tone`` "light" asks for a dark ground.
    """

    subcategory_id: int
    slug: str
    name: str
    maturity: str
    sheet: str | None
    cell: int | None
    logo: str | None
    tone: str | None


@dataclass(frozen=True)
class Facets:
    """The landscape of an instant, counted; ``rows`` are in the map's order."""

    rows: tuple[Facet, ...]

    @property
    def total(self) -> int:
        """All cards."""
        return sum(row.cards for row in self.rows)

    def in_group(self, group: str) -> Facets:
        """Return the facets of one group of categories; "" is every group."""
        return Facets(tuple(row for row in self.rows if row.frame.group == group)) if group else self

    def count_by(self, name: str) -> Counter[str]:
        """Count cards by "kind", "maturity" or "license"."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts[getattr(row, name)] += row.cards
        return counts

    def groups(self) -> Counter[str]:
        """Count cards by group of categories."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts[row.frame.group] += row.cards
        return counts

    def categories(self) -> dict[str, tuple[FrameKey, int]]:
        """Return each category's slug with one of its frames and its number of cards, in the map's order."""
        found: dict[str, tuple[FrameKey, int]] = {}
        for row in self.rows:
            first, cards = found.get(row.frame.category_slug, (row.frame, 0))
            found[row.frame.category_slug] = (first, cards + row.cards)
        return found

    def frames(self) -> dict[int, FrameKey]:
        """Return the frames by the subcategory's key, in the map's order."""
        return {row.frame.subcategory_id: row.frame for row in self.rows}


def landscape_facets(cards: ItemPeriodQuerySet) -> Facets:
    """Count cards by all that the map can filter; no rows where there are none. One query."""
    category = "subcategory__category__"
    keys = (
        "subcategory_id",
        f"{category}group",
        f"{category}slug",
        f"{category}name",
        f"{category}name_zh",
        "subcategory__slug",
        "subcategory__name",
        "subcategory__name_zh",
    )
    # What the newest version no longer has stands last.
    order = (F(f"{category}position").asc(nulls_last=True), F("subcategory__position").asc(nulls_last=True))
    rows = (
        cards.values_list(*keys, "kind", "maturity", "license")
        .annotate(cards=Count("pk"))
        .order_by(order[0], f"{category}name", order[1], "subcategory__name", *keys, "kind", "maturity", "license")
    )
    return Facets(tuple(Facet(FrameKey(*row[:8]), *row[8:]) for row in rows))


def group_counts(cards: ItemPeriodQuerySet) -> Counter[str]:
    """Count cards by group of categories; one query."""
    group = "subcategory__category__group"
    return Counter(dict(cards.order_by().values_list(group).annotate(cards=Count("pk"))))


def maturity_rank() -> Case:
    """Give what orders the tiles of a frame: graduated first, then the other stages, products, and archived last."""
    return Case(
        *(When(maturity=maturity, then=Value(place)) for place, maturity in enumerate(MATURITY_ORDER)),
        When(maturity="", then=Value(len(MATURITY_ORDER) + 1)),
        When(maturity=Maturity.ARCHIVED, then=Value(len(MATURITY_ORDER) + 2)),
        default=Value(len(MATURITY_ORDER)),
        output_field=IntegerField(),
    )


def landscape_tiles(cards: ItemPeriodQuerySet, *, frames: Iterable[int]) -> dict[int, list[Tile]]:
    """Return the tiles of the given subcategories, by subcategory; those without a card are left out. One query.

    Hosted projects come first, the furthest before the others; then the name decides.
    """
    rows = (
        cards.in_subcategories(frames)
        .order_by("subcategory", maturity_rank(), Lower("name"), "pk")
        .values_list(
            "subcategory_id",
            "item__slug",
            "name",
            "maturity",
            "item__logo__sheet__digest",
            "item__logo__cell",
            "item__logo__digest",
            "item__logo__tone",
        )
    )
    tiles: dict[int, list[Tile]] = {}
    for row in rows:
        tiles.setdefault(row[0], []).append(Tile(*row))
    return tiles
