"""How many cards each framework places in which of its layers: what a list of frameworks shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from market.layers import TOTAL, UNASSIGNED, LayerNode, LayerTree, layer_tree, layer_trees
from market.models import Framework

if TYPE_CHECKING:
    from projects.as_of import AsOf


@dataclass(frozen=True, slots=True)
class FrameworkShares:
    """A framework and how many cards stand in each of its outermost layers, in order."""

    tree: LayerTree
    layers: list[tuple[LayerNode, int]]
    assigned: int
    unassigned: int

    @property
    def cards(self) -> int:
        """All cards of the day."""
        return self.assigned + self.unassigned


def framework_shares(as_of: AsOf) -> list[FrameworkShares]:
    """Return every framework, in order; three queries, one more if any mirrors the categories."""
    frameworks = list(Framework.objects.select_related("source").order_by("position", "slug"))
    stored = {tree.framework.pk: tree for tree in layer_trees(frameworks)}
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, {"at": as_of.instant})
        for framework, layer, number in cursor.fetchall():
            counts[framework][layer] = number
    return [
        _shares(layer_tree(each, as_of.instant) if each.mirrors_categories else stored[each.pk], counts[each.pk])
        for each in frameworks
    ]


def _shares(tree: LayerTree, counts: Counter[int]) -> FrameworkShares:
    groups: Counter[int] = Counter()
    for layer, number in counts.items():
        for group in tree.groups_of.get(layer, ()):
            groups[group] += number
    outer = [(node, groups[node.key]) for node in tree.nodes if not node.depth]
    return FrameworkShares(tree, outer, groups[TOTAL], groups[UNASSIGNED])


_SHARES = """
SELECT framework.id, CASE WHEN mirrors_categories THEN place.category_id
    ELSE coalesce(own.layer_id, section.layer_id, -1) END AS layer, count(*)
FROM projects_itemperiod period
JOIN projects_subcategory place ON place.id = period.subcategory_id
CROSS JOIN market_framework framework
LEFT JOIN market_layerassignment own ON own.framework_id = framework.id AND own.item_id = period.item_id
LEFT JOIN market_layerassignment section
    ON section.framework_id = framework.id AND section.subcategory_id = period.subcategory_id
WHERE period.during @> %(at)s::timestamptz GROUP BY 1, 2
"""
