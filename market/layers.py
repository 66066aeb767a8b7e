"""Which layer of a framework each card stood in at an instant, by the section it stood in then.

An item's own assignment goes before its section's. A framework that mirrors the landscape's categories has these as
its layers. Assignments have no past of their own: today's are read into every date.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from market.models import Framework, Layer, LayerAssignment
from projects.as_of import periods_at
from projects.catalogue_at import categories_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from projects.as_of import AsOf
    from projects.models import Category
    from projects.querysets.periods import ItemPeriodQuerySet

# Groups beside the layers: all that stands in any layer, and what stands in none.
TOTAL, UNASSIGNED = 0, -1
UNASSIGNED_SLUG = "unassigned"


@dataclass(frozen=True, slots=True)
class LayerNode:
    """A layer, or a category in a layer's place; ``key`` is its id, ``parent_key`` that of the layer around it."""

    key: int
    parent_key: int | None
    depth: int
    slug: str
    code: str
    name: str
    name_zh: str
    summary: str = ""
    summary_zh: str = ""


@dataclass(frozen=True)
class LayerTree:
    """A framework's layers, each after the one it is part of."""

    framework: Framework
    nodes: tuple[LayerNode, ...]

    @cached_property
    def by_key(self) -> Mapping[int, LayerNode]:
        """The layers by their keys."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def groups_of(self) -> Mapping[int, frozenset[int]]:
        """For each layer the groups that what stands in it counts for: itself, those around it, and ``TOTAL``."""
        groups: dict[int, frozenset[int]] = {UNASSIGNED: frozenset({UNASSIGNED})}
        for node in self.nodes:
            around = groups[node.parent_key] if node.parent_key else frozenset({TOTAL})
            groups[node.key] = around | {node.key}
        return groups

    def node(self, slug: str) -> LayerNode | None:
        """Return the layer of a slug."""
        return next((node for node in self.nodes if node.slug == slug), None)

    def children(self, node: LayerNode) -> list[LayerNode]:
        """Return the layers that are part of one."""
        return [each for each in self.nodes if each.parent_key == node.key]

    def within(self, key: int) -> list[int]:
        """Return the keys of the layers that count for a group."""
        return [layer for layer, groups in self.groups_of.items() if key in groups]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Give each layer with each group that it counts for."""
        for layer, groups in self.groups_of.items():
            for group in sorted(groups):
                yield layer, group


def layer_tree(framework: Framework, instant: datetime) -> LayerTree:
    """Return the framework's layers, for one that mirrors the categories those of the instant; one query."""
    if framework.mirrors_categories:
        categories = categories_at(instant).order_by(F("position").asc(nulls_last=True), "name")
        return LayerTree(framework, tuple(_category_node(category) for category in categories))
    return layer_trees([framework])[0]


def layer_trees(frameworks: Sequence[Framework]) -> list[LayerTree]:
    """Return the layers of frameworks as they are stored; one query for any number."""
    rows: dict[int, list[Layer]] = defaultdict(list)
    for layer in Layer.objects.filter(framework__in=frameworks).order_by("position", "pk"):
        rows[layer.framework_id].append(layer)
    return [LayerTree(framework, tuple(_in_tree_order(rows[framework.pk]))) for framework in frameworks]


def _in_tree_order(rows: Iterable[Layer]) -> Iterator[LayerNode]:
    children: dict[int | None, list[Layer]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)
    waiting = [(0, row) for row in reversed(children[None])]
    while waiting:
        depth, row = waiting.pop()
        yield LayerNode(
            row.pk, row.parent_id, depth, row.slug, row.code, row.name, row.name_zh, row.summary, row.summary_zh
        )
        waiting += [(depth + 1, child) for child in reversed(children[row.pk])]


def _category_node(category: Category) -> LayerNode:
    return LayerNode(category.pk, None, 0, category.slug, "", category.name, category.name_zh)


def placed_periods(framework: Framework, instant: datetime) -> ItemPeriodQuerySet:
    """The cards of an instant, each with the key of its layer as ``layer``, ``UNASSIGNED`` where it stands in none."""
    cards = periods_at(instant)
    if framework.mirrors_categories:
        return cards.annotate(layer=F("subcategory__category_id"))
    own = LayerAssignment.objects.filter(framework=framework)
    of_item = Subquery(own.filter(item=OuterRef("item")).values("layer"), output_field=BigIntegerField())
    of_section = Subquery(
        own.filter(subcategory=OuterRef("subcategory")).values("layer"), output_field=BigIntegerField()
    )
    return cards.annotate(layer=Coalesce(of_item, of_section, Value(UNASSIGNED), output_field=BigIntegerField()))


def periods_in(tree: LayerTree, as_of: AsOf, *, group: int) -> ItemPeriodQuerySet:
    """The cards of an instant that stand in a group."""
    inside = Q(("layer__in", tree.within(group)))  # as a pair: the column is annotated, no field
    return placed_periods(tree.framework, as_of.instant).filter(inside)


def placed_sql(tree: LayerTree, *, places: str = "projects_itemperiod") -> str:
    """Return what a statement reads ``FROM``: places (``period``) joined to what tells their layer (``layer_sql``).

    ``places`` is a table with the columns ``item_id`` and ``subcategory_id``.
    """
    if tree.framework.mirrors_categories:
        return f"{places} period JOIN projects_subcategory section ON section.id = period.subcategory_id"
    return f"""{places} period
        LEFT JOIN market_layerassignment own
            ON own.framework_id = %(framework)s AND own.item_id = period.item_id
        LEFT JOIN market_layerassignment section
            ON section.framework_id = %(framework)s AND section.subcategory_id = period.subcategory_id"""


def layer_sql(tree: LayerTree) -> str:
    """Return the SQL of a joined period's layer (``placed_sql``)."""
    if tree.framework.mirrors_categories:
        return "section.category_id"
    return "coalesce(own.layer_id, section.layer_id, -1)"


def grouped_sql(tree: LayerTree, *, by_section: bool = False) -> str:
    """Return the common tables ``placed`` and ``grouped``: the cards of an instant, and again for each of their groups.

    ``group_key`` is text: a group's number, or with ``by_section`` "layer:subcategory". Its parameters are
    ``grouped_parameters``.
    """
    key = (
        "SELECT placed.*, layer || ':' || subcategory_id AS group_key FROM placed"
        if by_section
        else """SELECT placed.*, pair.group_key::text AS group_key FROM placed
        JOIN unnest(%(layers)s::bigint[], %(groups)s::bigint[]) AS pair(layer, group_key) USING (layer)"""
    )
    return f"""WITH placed AS MATERIALIZED (
        SELECT period.item_id, period.project_id, period.maturity, period.kind, period.subcategory_id,
            period.repository_url, {layer_sql(tree)} AS layer
        FROM {placed_sql(tree)}
        WHERE period.during @> %(at)s::timestamptz
    ), grouped AS ({key})"""  # noqa: S608  (names of ours)


def grouped_parameters(tree: LayerTree, as_of: AsOf) -> dict[str, Any]:
    """Return the parameters of ``grouped_sql``."""
    layers, groups = zip(*tree.pairs(), strict=True)
    return {
        "framework": tree.framework.pk,
        "at": as_of.instant,
        "layers": list(layers),
        "groups": list(groups),
    }
