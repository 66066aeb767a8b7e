"""The sections that make up each layer on a day, and the cards of one layer: what a treemap shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from market.layer_attention import NO_ATTENTION, Attention, attention
from market.layer_counts import card_counts, hosted_counts
from market.layers import UNASSIGNED
from projects.models import Subcategory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from market.layers import LayerNode, LayerTree
    from projects.as_of import AsOf


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """The cards of one section that stand in one layer."""

    node: LayerNode
    section: Subcategory
    cards: int
    maturities: Counter[str]
    attention: Attention

    @property
    def hosted(self) -> int:
        """Hosted projects, archived ones among them."""
        return self.maturities.total()


def layer_sections(tree: LayerTree, as_of: AsOf, day: date | None) -> Sequence[SectionFigures]:
    """Return the sections of each layer, the largest first; four queries, three without a day of measurements."""
    cards = card_counts(tree, as_of, by_section=True)
    hosted = hosted_counts(tree, as_of, by_section=True)
    counted = attention(tree, as_of, day, by_section=True) if day else {}
    places = {key: key.split(":") for key in cards}
    sections = Subcategory.objects.select_related("category").in_bulk({int(section) for _, section in places.values()})
    found = [
        SectionFigures(
            node=tree.by_key[int(layer)],
            section=sections[int(section)],
            cards=cards[key].total(),
            maturities=hosted.get(key, Counter()),
            attention=counted.get(key, NO_ATTENTION),
        )
        for key, (layer, section) in places.items()
        if int(layer) != UNASSIGNED
    ]
    return sorted(found, key=lambda each: (-each.cards, each.section.pk))
